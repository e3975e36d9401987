package dev.patronioperator.postgres.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;

import dev.patronioperator.postgres.pooling.LookupFunction;
import dev.patronioperator.postgres.session.SqlSession;

/** Reads whether the session's database has the pooler's lookup function, and what it is like. */
public final class LookupFunctionReader {

    private LookupFunctionReader() {}

    public static Optional<LookupFunction.State> read(SqlSession session, LookupFunction function) throws SQLException {
        return session.query(function.question(), LookupFunctionReader::state).stream()
                .findFirst();
    }

    /** The question, for asking it together with others. Its answer has one row or none. */
    public static SqlSession.Question question(LookupFunction function, Consumer<LookupFunction.State> to) {
        return new SqlSession.Question(function.question(), row -> to.accept(state(row)));
    }

    private static LookupFunction.State state(ResultSet row) throws SQLException {
        return new LookupFunction.State(
                row.getString("prosrc"),
                row.getBoolean("prosecdef"),
                Texts.of(row.getArray("settings")),
                Texts.of(row.getArray("callers")),
                row.getBoolean("usable"),
                row.getBoolean("alone"));
    }
}
