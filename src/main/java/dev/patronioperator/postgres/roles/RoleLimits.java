package dev.patronioperator.postgres.roles;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;

import dev.patronioperator.sql.Sql;

/**
 * How far a role may be used: as {@code CREATE ROLE} has it.
 *
 * @param connections most connections at a time; empty for no limit, or, of a role that should be, for whatever it has
 * @param validUntil when its password stops letting in, to the microsecond; empty for never, or, of a role that should be, for whenever
 */
public record RoleLimits(Optional<Integer> connections, Optional<Instant> validUntil) {

    /** No limit. */
    public static final RoleLimits NONE = new RoleLimits(Optional.empty(), Optional.empty());

    private static final String CONNECTIONS = "connection_limit";
    private static final String VALID_UNTIL = "valid_until";
    private static final int NO_LIMIT = -1;
    private static final String NEVER = "infinity";

    public RoleLimits {
        validUntil = validUntil.map(at -> at.truncatedTo(ChronoUnit.MICROS));
    }

    /** Reads RFC 3339; empty for a day that is in no calendar, and for what is no point in time at all. */
    public static Optional<Instant> pointInTime(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException noPointInTime) {
            return Optional.empty();
        }
    }

    /**
     * Reads the columns of {@code pg_authid}.
     *
     * @param connections {@code rolconnlimit}, negative for no limit
     * @param validUntil {@code rolvaliduntil}: null for never, and what the driver makes of infinity
     */
    public static RoleLimits read(int connections, OffsetDateTime validUntil) {
        return new RoleLimits(
                Optional.of(connections).filter(limit -> limit >= 0),
                Optional.ofNullable(validUntil)
                        .filter(at -> !at.equals(OffsetDateTime.MAX) && !at.equals(OffsetDateTime.MIN))
                        .map(OffsetDateTime::toInstant));
    }

    /** Names of the limits there are. */
    SortedSet<String> names() {
        var names = new TreeSet<String>();
        connections.ifPresent(limit -> names.add(CONNECTIONS));
        validUntil.ifPresent(at -> names.add(VALID_UNTIL));
        return names;
    }

    /**
     * The statements that make these the limits of a role, each with what it changes.
     *
     * @param given names of the limits that were given to it before: those are taken back if they are not among these
     */
    void changes(String role, RoleLimits found, Set<String> given, BiConsumer<Sql, String> change) {
        if (differs(connections, found.connections, given.contains(CONNECTIONS))) {
            change.accept(
                    Sql.of("ALTER ROLE ? CONNECTION LIMIT ?", Sql.name(role), Sql.number(connections.orElse(NO_LIMIT))),
                    "connection limit: " + shown(found.connections) + " -> " + shown(connections));
        }
        if (differs(validUntil, found.validUntil, given.contains(VALID_UNTIL))) {
            change.accept(
                    Sql.of(
                            "ALTER ROLE ? VALID UNTIL ?",
                            Sql.name(role),
                            Sql.value(validUntil.map(Instant::toString).orElse(NEVER))),
                    "valid until: " + shown(found.validUntil) + " -> " + shown(validUntil));
        }
    }

    private static <T> boolean differs(Optional<T> wanted, Optional<T> found, boolean given) {
        return !wanted.equals(found) && (wanted.isPresent() || given);
    }

    private static String shown(Optional<?> limit) {
        return limit.map(Object::toString).orElse("(none)");
    }
}
