package dev.patronioperator.cluster.planning;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.patronioperator.postgres.session.JdbcSessions;
import dev.patronioperator.postgres.session.SqlAnswer;
import dev.patronioperator.postgres.session.SqlServer;
import dev.patronioperator.postgres.session.SqlSession;
import dev.patronioperator.postgres.session.SqlSessions;
import dev.patronioperator.sql.Sql;

import static org.assertj.core.api.Assertions.assertThat;

/** A cluster with 300 roles and 50 databases, each with what a manifest can ask for: what a look costs that finds nothing to do. */
class QuietDatabaseTest {

    /** Roles, databases, and what the database {@code postgres} is asked for itself. */
    private static final int CONSTANT = 3;

    @Test
    void aSecondSyncWritesNothingAndAsksEachDatabaseOnce() {
        var database = new LargeDatabase().made();

        var watched = new WatchedSessions();
        assertThat(database.plan(watched)).isEmpty();
        assertThat(database.roles()).isGreaterThanOrEqualTo(300);
        assertThat(watched.questions).containsKeys("quiet_0", "quiet_plain_0").allSatisfy((name, questions) -> {
            if (!name.equals("postgres")) {
                assertThat(questions).isEqualTo(1);
            }
        });
        assertThat(watched.questions.values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isBetween(LargeDatabase.PREPARED + LargeDatabase.PLAIN, watched.questions.size() - 1 + CONSTANT);
    }

    /** The server refuses to write in these sessions; how often each database is asked is counted. */
    private static final class WatchedSessions implements SqlSessions {
        private final JdbcSessions sessions = new JdbcSessions();
        private final Map<String, Integer> questions = new HashMap<>();

        @Override
        public <T> SqlAnswer<T> with(SqlServer to, String database, Work<T> work) {
            return sessions.with(to, database, session -> {
                session.execute(Sql.of("SET default_transaction_read_only TO on"));
                return work.in(new WatchedSession(session, () -> questions.merge(database, 1, Integer::sum)));
            });
        }
    }

    private record WatchedSession(SqlSession session, Runnable asked) implements SqlSession {

        @Override
        public <T> List<T> query(Sql question, RowReader<T> reader) throws SQLException {
            asked.run();
            return session.query(question, reader);
        }

        @Override
        public void query(List<Question> questions) throws SQLException {
            asked.run();
            session.query(questions);
        }

        @Override
        public void execute(Sql statement) throws SQLException {
            asked.run();
            session.execute(statement);
        }

        @Override
        public void executeTogether(List<Sql> statements) throws SQLException {
            asked.run();
            session.executeTogether(statements);
        }
    }
}
