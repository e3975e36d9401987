package dev.patronioperator.postgres.roles;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.patronioperator.sql.Sql;

/**
 * What the operator gave to a role, as it is {@linkplain OwnRecord written down} with the role.
 *
 * @param origin why the operator made the role or took it over; empty for a role that it never touched
 * @param memberOf the roles it was made a member of
 * @param parameters the parameters set for it
 * @param limits names of the {@linkplain RoleLimits limits} set for it
 * @param rotationOf the role that this one was made to take over from; written down when it is made, never later
 * @param replaced the day since which no Secret names this login of a rotation, where that follows from nothing else
 */
public record Given(
        String origin,
        SortedSet<String> memberOf,
        SortedSet<String> parameters,
        SortedSet<String> limits,
        Optional<String> rotationOf,
        Optional<LocalDate> replaced) {

    static final Given NOTHING =
            new Given("", new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), Optional.empty(), Optional.empty());

    private static final String ORIGIN = "origin";
    private static final String MEMBER_OF = "member_of";
    private static final String PARAMETERS = "parameters";
    private static final String LIMITS = "limits";
    private static final String ROTATION_OF = "rotation_of";
    private static final String REPLACED = "replaced";

    public Given {
        memberOf = new TreeSet<>(memberOf);
        parameters = new TreeSet<>(parameters);
        limits = new TreeSet<>(limits);
    }

    /** What a role has been given once it is as it should be. */
    static Given of(RoleSpec role, Optional<String> rotationOf) {
        return new Given(
                role.origin(),
                new TreeSet<>(role.memberOf()),
                new TreeSet<>(role.parameters().keySet()),
                role.limits().names(),
                rotationOf,
                role.replaced());
    }

    /** The statement that records of a role that is being made from whom it takes over. */
    static Sql rotationOf(String role, String predecessor) {
        return OwnRecord.set(owner(role), ROTATION_OF, predecessor);
    }

    /** Whether a parameter belongs to a record. */
    public static boolean isRecord(String parameter) {
        return OwnRecord.has(parameter);
    }

    /** Reads the record from among all parameters of a role. */
    public static Given read(Map<String, String> parameters) {
        var record = OwnRecord.read(parameters);
        return new Given(
                record.text(ORIGIN),
                record.names(MEMBER_OF),
                record.names(PARAMETERS),
                record.names(LIMITS),
                Optional.of(record.text(ROTATION_OF)).filter(predecessor -> !predecessor.isEmpty()),
                day(record.text(REPLACED)));
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException notADay) {
            return Optional.empty();
        }
    }

    /** The statements that make this the record of the role. */
    List<Sql> statements(String role, Given before) {
        return written().statements(owner(role), before.written());
    }

    private OwnRecord written() {
        return new OwnRecord(new TreeMap<>(Map.of(
                ORIGIN, origin,
                MEMBER_OF, OwnRecord.list(memberOf),
                PARAMETERS, OwnRecord.list(parameters),
                LIMITS, OwnRecord.list(limits),
                ROTATION_OF, rotationOf.orElse(""),
                REPLACED, replaced.map(LocalDate::toString).orElse(""))));
    }

    private static Sql owner(String role) {
        return Sql.of("ROLE ?", Sql.name(role));
    }
}
