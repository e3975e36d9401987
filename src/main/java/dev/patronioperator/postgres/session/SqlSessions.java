package dev.patronioperator.postgres.session;

import java.sql.SQLException;

/** Opens sessions. No session outlives the call that opened it. */
public interface SqlSessions {

    /** Work to be done in a session. */
    @FunctionalInterface
    interface Work<T> {
        T in(SqlSession session) throws SQLException;
    }

    /** Opens a session with the primary in the database, does the work, and closes it. Throws nothing for what is the server's trouble. */
    <T> SqlAnswer<T> with(SqlServer server, String database, Work<T> work);
}
