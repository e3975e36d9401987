package dev.patronioperator.postgres.session;

import java.util.Optional;

import dev.patronioperator.sql.Sql;

/**
 * A statement that the server refused.
 *
 * @param sqlState the five characters of appendix A of PostgreSQL's manual
 * @param message the server's own words, without the statement, its values and its context
 * @param hint what the server advises to do
 * @param statement what was refused; its secrets are not shown
 */
public record SqlFailure(String sqlState, String message, Optional<String> hint, Sql statement) {

    @Override
    public String toString() {
        return message + " (SQLSTATE " + sqlState + ")"
                + hint.map(text -> ". " + text).orElse("");
    }
}
