package dev.patronioperator.postgres.parameters;

import java.util.Locale;

import dev.patronioperator.plan.Impact;

/**
 * When a parameter can be set: {@code context} in {@code pg_settings}, with the same names.
 *
 * @see <a href="https://www.postgresql.org/docs/current/view-pg-settings.html">pg_settings</a>
 */
public enum ParameterContext {
    /** Fixed when the server was built or the data directory made. Patroni leaves it out of the configuration. */
    INTERNAL,
    /** Read when the server starts. */
    POSTMASTER,
    /** Read again on a reload. */
    SIGHUP,
    /** Read when a session starts; a superuser may set it in the connection request. */
    SUPERUSER_BACKEND,
    /** Read when a session starts; anybody may set it in the connection request. */
    BACKEND,
    /** Read again on a reload; a superuser may set it in a session. */
    SUPERUSER,
    /** Read again on a reload; anybody may set it in a session. */
    USER;

    static ParameterContext of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Whether sessions can have values of their own, and roles and databases so too. */
    public boolean isOfSessions() {
        return this == SUPERUSER || this == USER;
    }

    /** What it costs to have a change take effect. */
    public Impact impact() {
        return switch (this) {
            case INTERNAL -> Impact.NONE;
            case POSTMASTER -> Impact.RESTART;
            case SIGHUP, SUPERUSER_BACKEND, BACKEND, SUPERUSER, USER -> Impact.RELOAD;
        };
    }
}
