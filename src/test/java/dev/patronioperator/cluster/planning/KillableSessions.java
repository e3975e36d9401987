package dev.patronioperator.cluster.planning;

import java.sql.SQLException;
import java.util.List;

import dev.patronioperator.postgres.session.SqlAnswer;
import dev.patronioperator.postgres.session.SqlServer;
import dev.patronioperator.postgres.session.SqlSession;
import dev.patronioperator.postgres.session.SqlSessions;
import dev.patronioperator.sql.Sql;

/**
 * Sessions in which the operator can die between any two statements: those of a transaction are sent one by one.
 *
 * @param effect told of each statement that was sent; whatever it throws ends the session there
 */
record KillableSessions(SqlSessions sessions, Runnable effect) implements SqlSessions {

    @Override
    public <T> SqlAnswer<T> with(SqlServer to, String database, Work<T> work) {
        return sessions.with(to, database, session -> work.in(new KillableSession(session, effect)));
    }

    private record KillableSession(SqlSession session, Runnable effect) implements SqlSession {

        @Override
        public <T> List<T> query(Sql question, RowReader<T> reader) throws SQLException {
            return session.query(question, reader);
        }

        @Override
        public void query(List<Question> questions) throws SQLException {
            session.query(questions);
        }

        @Override
        public void execute(Sql statement) throws SQLException {
            session.execute(statement);
            effect.run();
        }

        @Override
        public void executeTogether(List<Sql> statements) throws SQLException {
            execute(Sql.of("BEGIN"));
            for (var statement : statements) {
                execute(statement);
            }
            execute(Sql.of("COMMIT"));
        }
    }
}
