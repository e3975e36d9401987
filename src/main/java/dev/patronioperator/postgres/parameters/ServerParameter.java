package dev.patronioperator.postgres.parameters;

import java.util.Optional;

/**
 * What a server of some major version says of one of its parameters.
 *
 * @param name as PostgreSQL writes it; names are the same in any case
 * @param type of its values: {@code vartype} in {@code pg_settings}
 * @param unit of numbers that are written without one, such as {@code 8kB} or {@code ms}
 * @param context when it can be set
 */
public record ServerParameter(String name, Type type, Optional<String> unit, ParameterContext context) {

    /** Types of values. */
    public enum Type {
        BOOL,
        INTEGER,
        REAL,
        STRING,
        ENUM
    }
}
