package dev.patronioperator.postgres.session;

import java.sql.SQLException;
import java.util.ArrayList;

import dev.patronioperator.sql.Sql;
import dev.patronioperator.sql.SqlChange;

/** Carries out changes. */
public final class SqlChanges {

    private SqlChanges() {}

    /** All statements of the change or none, as the role that the change names. */
    public static SqlAnswer<Boolean> carryOut(SqlChange change, SqlServer server, SqlSessions sessions) {
        return sessions.with(server, change.database(), session -> carryOut(change, session));
    }

    /** The same in a session of the change's database that is open already. */
    public static boolean carryOut(SqlChange change, SqlSession session) throws SQLException {
        var statements = new ArrayList<Sql>();
        change.asRole().ifPresent(role -> statements.add(Sql.of("SET LOCAL ROLE ?", Sql.name(role))));
        statements.addAll(change.statements());
        if (statements.size() == 1) {
            session.execute(statements.getFirst());
        } else {
            session.executeTogether(statements);
        }
        return true;
    }
}
