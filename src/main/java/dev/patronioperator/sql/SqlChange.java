package dev.patronioperator.sql;

import java.util.List;
import java.util.Optional;

/**
 * A change to a database, all of it or nothing.
 *
 * @param database where the statements are run
 * @param about what is changed
 * @param statements in this order; more than one are a transaction, one alone may be what no transaction allows
 * @param asRole the role to take on while running them, so that they can do no more than that role may
 * @param because what differs, for people; never empty, never secret
 */
public record SqlChange(
        String database, Subject about, List<Sql> statements, Optional<String> asRole, List<String> because) {

    public SqlChange {
        statements = List.copyOf(statements);
        because = List.copyOf(because);
        if (statements.isEmpty() || because.isEmpty()) {
            throw new IllegalArgumentException("a change of " + about.text() + " without a statement or a reason");
        }
    }

    public static SqlChange of(String database, Subject about, List<Sql> statements, List<String> because) {
        return new SqlChange(database, about, statements, Optional.empty(), because);
    }
}
