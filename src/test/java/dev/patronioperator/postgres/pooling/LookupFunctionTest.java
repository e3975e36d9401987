package dev.patronioperator.postgres.pooling;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.patronioperator.postgres.catalog.LookupFunctionReader;
import dev.patronioperator.postgres.session.JdbcSessions;
import dev.patronioperator.postgres.session.SqlAnswer;
import dev.patronioperator.postgres.session.SqlChanges;
import dev.patronioperator.sql.Sql;
import dev.patronioperator.sql.SqlChange;
import dev.patronioperator.testkit.EmbeddedServer;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("postgresql")
class LookupFunctionTest {

    private static final String DATABASE = "postgres";
    private static final LookupFunction FUNCTION = new LookupFunction("pooler \"x\"", "my-pooler");

    private final EmbeddedServer server = EmbeddedServer.shared();
    private final JdbcSessions sessions = new JdbcSessions();

    @BeforeEach
    void aPoolersRoleAndNoFunction() {
        FUNCTION.remove(DATABASE, state()).ifPresent(this::carryOut);
        server.with(DATABASE, session -> {
            if (session.query(Sql.of("SELECT FROM pg_roles WHERE rolname = ?", Sql.value(FUNCTION.user())), row -> true)
                    .isEmpty()) {
                session.execute(Sql.of("CREATE ROLE ? LOGIN PASSWORD ?", Sql.name("my-pooler"), Sql.value("secret")));
                session.execute(Sql.of("CREATE ROLE ? LOGIN PASSWORD ?", Sql.name("a-client"), Sql.value("secret")));
            }
            return true;
        });
    }

    @Test
    void givesThePoolerTheVerifierAndNobodyElse() {
        carryOut(FUNCTION.install(DATABASE, state()).orElseThrow());

        assertThat(lookup("my-pooler")).isInstanceOfSatisfying(SqlAnswer.Done.class, done -> assertThat(
                        done.value().toString())
                .startsWith("[SCRAM-SHA-256$"));
        assertThat(lookup("a-client")).isInstanceOf(SqlAnswer.Failed.class);
    }

    @Test
    void givesNothingOfAPasswordThatHasExpired() {
        carryOut(FUNCTION.install(DATABASE, state()).orElseThrow());
        validUntil("2001-01-01");

        assertThat(lookup("my-pooler")).isInstanceOfSatisfying(SqlAnswer.Done.class, done -> assertThat(
                        done.value().toString())
                .isEqualTo("[null]"));

        validUntil("infinity");
        assertThat(lookup("my-pooler")).isInstanceOfSatisfying(SqlAnswer.Done.class, done -> assertThat(
                        done.value().toString())
                .startsWith("[SCRAM-SHA-256$"));
    }

    private void validUntil(String date) {
        server.with(DATABASE, session -> {
            session.execute(Sql.of("ALTER ROLE ? VALID UNTIL ?", Sql.name("a-client"), Sql.value(date)));
            return true;
        });
    }

    @Test
    void isInstalledOnce() {
        carryOut(FUNCTION.install(DATABASE, state()).orElseThrow());

        assertThat(FUNCTION.install(DATABASE, state())).isEmpty();
    }

    @Test
    void isMendedWhenEverybodyMayCallIt() {
        carryOut(FUNCTION.install(DATABASE, state()).orElseThrow());
        server.with(DATABASE, session -> {
            session.execute(Sql.of(
                    "GRANT EXECUTE ON FUNCTION ?(text) TO PUBLIC", Sql.name(FUNCTION.schema(), LookupFunction.NAME)));
            return true;
        });

        carryOut(FUNCTION.install(DATABASE, state()).orElseThrow());

        assertThat(state().orElseThrow().callers()).containsExactly("my-pooler");
    }

    @Test
    void goesWithItsSchemaButLeavesWhatOthersPutThere() {
        carryOut(FUNCTION.install(DATABASE, state()).orElseThrow());
        table("CREATE TABLE ? ()");

        carryOut(FUNCTION.remove(DATABASE, state()).orElseThrow());
        assertThat(schemas()).isEqualTo(1);
        table("DROP TABLE ?");
        carryOut(FUNCTION.install(DATABASE, state()).orElseThrow());
        carryOut(FUNCTION.remove(DATABASE, state()).orElseThrow());

        assertThat(schemas()).isZero();
        assertThat(FUNCTION.remove(DATABASE, state())).isEmpty();
    }

    private void table(String template) {
        server.with(DATABASE, session -> {
            session.execute(Sql.of(template, Sql.name(FUNCTION.schema(), "somebodys")));
            return true;
        });
    }

    private int schemas() {
        return server.<List<String>>with(
                        DATABASE,
                        session -> session.query(
                                Sql.of(
                                        "SELECT nspname FROM pg_namespace WHERE nspname = ?",
                                        Sql.value(FUNCTION.schema())),
                                row -> row.getString(1)))
                .size();
    }

    private SqlAnswer<List<String>> lookup(String caller) {
        return sessions.with(
                server.as(caller, "secret"),
                DATABASE,
                session -> session.query(
                        Sql.of(
                                "SELECT phash FROM ?(?)",
                                Sql.name(FUNCTION.schema(), LookupFunction.NAME),
                                Sql.value("a-client")),
                        row -> row.getString(1)));
    }

    private Optional<LookupFunction.State> state() {
        return server.with(DATABASE, session -> LookupFunctionReader.read(session, FUNCTION));
    }

    private void carryOut(SqlChange change) {
        EmbeddedServer.done(SqlChanges.carryOut(change, server.superuser(), sessions));
    }
}
