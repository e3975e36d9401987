package dev.patronioperator.cluster.observe;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.postgres.session.JdbcSessions;
import dev.patronioperator.postgres.session.SqlAnswer;
import dev.patronioperator.postgres.session.SqlServer;
import dev.patronioperator.postgres.session.SqlSessions;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.sql.Sql;
import dev.patronioperator.testkit.EmbeddedServer;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseObserverTest {

    private static final String BROKEN = "observed_broken";
    private static final String SOUND = "observed_sound";

    private final EmbeddedServer server = EmbeddedServer.shared();
    private final JdbcSessions sessions = new JdbcSessions();
    private final ClusterModel model = ClusterModel.accept(ClusterManifests.with("users: {}"), Settings.defaults());

    @BeforeEach
    void twoDatabases() {
        server.with("postgres", session -> {
            session.execute(Sql.of("CREATE DATABASE ?", Sql.name(BROKEN)));
            session.execute(Sql.of("CREATE DATABASE ?", Sql.name(SOUND)));
            return true;
        });
    }

    @AfterEach
    void gone() {
        server.with("postgres", session -> {
            session.execute(Sql.of("DROP DATABASE ?", Sql.name(BROKEN)));
            session.execute(Sql.of("DROP DATABASE ?", Sql.name(SOUND)));
            return true;
        });
    }

    @Test
    void aDatabaseThatLetsNobodyInIsUnknownByItself() {
        server.with("postgres", session -> {
            session.execute(Sql.of(
                    "ALTER DATABASE ? SET session_preload_libraries TO ?", Sql.name(BROKEN), Sql.value("no_such_one")));
            return true;
        });

        var found = EmbeddedServer.done(look(sessions));

        assertThat(found.roles().roles()).containsKey("postgres");
        assertThat(found.insides()).containsKey(SOUND).doesNotContainKey(BROKEN);
        assertThat(found.owners()).containsKeys(SOUND, BROKEN);
        assertThat(found.hidden(SOUND)).isEmpty();
        assertThat(found.hidden(BROKEN))
                .hasValueSatisfying(why -> assertThat(why.problem()).contains("no_such_one"));
    }

    @Test
    void aServerThatDiesWhileItIsLookedAtIsUnknownAsAWhole() {
        assertThat(look(new Dying(sessions))).isEqualTo(new SqlAnswer.Unreachable<>("dead", SqlAnswer.Why.SILENT));
    }

    private SqlAnswer<ObservedDatabases> look(SqlSessions through) {
        return new DatabaseObserver(through).observe(server.superuser(), model.databases());
    }

    /** Answers once. */
    private static final class Dying implements SqlSessions {
        private final SqlSessions sessions;
        private boolean isDead;

        Dying(SqlSessions sessions) {
            this.sessions = sessions;
        }

        @Override
        public <T> SqlAnswer<T> with(SqlServer to, String database, Work<T> work) {
            if (isDead) {
                return new SqlAnswer.Unreachable<>("dead", SqlAnswer.Why.SILENT);
            }
            isDead = true;
            return sessions.with(to, database, work);
        }
    }
}
