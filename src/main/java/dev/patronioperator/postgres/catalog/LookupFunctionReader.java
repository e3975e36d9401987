package dev.patronioperator.postgres.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

import dev.patronioperator.postgres.pooling.LookupFunction;
import dev.patronioperator.postgres.session.SqlSession;

/** Reads what lookup functions of poolers the session's database has, and what they are like. */
public final class LookupFunctionReader {

    private LookupFunctionReader() {}

    public static List<LookupFunction.State> read(SqlSession session, LookupFunction function) throws SQLException {
        return session.query(function.question(), LookupFunctionReader::state);
    }

    /** The question, for asking it together with others. */
    public static SqlSession.Question question(LookupFunction function, Consumer<LookupFunction.State> to) {
        return new SqlSession.Question(function.question(), row -> to.accept(state(row)));
    }

    private static LookupFunction.State state(ResultSet row) throws SQLException {
        return new LookupFunction.State(
                row.getString("nspname"),
                row.getString("prosrc"),
                row.getBoolean("trusted"),
                row.getBoolean("prosecdef"),
                Texts.of(row.getArray("settings")),
                Texts.of(row.getArray("callers")),
                row.getBoolean("usable"),
                row.getBoolean("alone"));
    }
}
