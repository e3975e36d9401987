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
 * @param admins the roles that may grant it to others
 * @param parameters the parameters set for it
 * @param limits names of the {@linkplain RoleLimits limits} set for it
 * @param rotationOf the role that this one was made to take over from; written down when it is made, never later
 * @param replaced the day since which no Secret names this login of a rotation, where that follows from nothing else
 */
public record Given(
        String origin,
        SortedSet<String> memberOf,
        SortedSet<String> admins,
        SortedSet<String> parameters,
        SortedSet<String> limits,
        Optional<String> rotationOf,
        Optional<LocalDate> replaced) {

    static final Given NOTHING = new Given(
            "", new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), Optional.empty(), Optional.empty());

    private static final String ORIGIN = "origin";
    private static final String MEMBER_OF = "member_of";
    private static final String ADMINS = "admins";
    private static final String PARAMETERS = "parameters";
    private static final String LIMITS = "limits";
    private static final String ROTATION_OF = "rotation_of";
    private static final String REPLACED = "replaced";

    public Given {
        memberOf = new TreeSet<>(memberOf);
        admins = new TreeSet<>(admins);
        parameters = new TreeSet<>(parameters);
        limits = new TreeSet<>(limits);
    }

    /**
     * What a role has been given once it is as it should be by itself. Of a role that is somebody else's nothing is written down but from
     * whom it takes over, when it is made.
     *
     * @param memberships of which it was made a member so far
     * @param mayGrant who may grant it so far
     */
    Given once(
            RoleSpec role, Optional<String> takesOverFrom, SortedSet<String> memberships, SortedSet<String> mayGrant) {
        return role.attributes().isEmpty()
                ? new Given(origin, memberOf, admins, parameters, limits, takesOverFrom, role.replaced())
                : new Given(
                        role.origin(),
                        memberships,
                        mayGrant,
                        new TreeSet<>(role.parameters().keySet()),
                        role.limits().names(),
                        takesOverFrom,
                        role.replaced());
    }

    Given withMemberOf(SortedSet<String> others) {
        return new Given(origin, others, admins, parameters, limits, rotationOf, replaced);
    }

    Given withAdmins(SortedSet<String> others) {
        return new Given(origin, memberOf, others, parameters, limits, rotationOf, replaced);
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
                record.names(ADMINS),
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
    List<Sql> statements(RoleSpec role, Given before) {
        return written().statements(Sql.of("ROLE ?", Sql.name(role.name())), before.written());
    }

    private OwnRecord written() {
        return new OwnRecord(new TreeMap<>(Map.of(
                ORIGIN, origin,
                MEMBER_OF, OwnRecord.list(memberOf),
                ADMINS, OwnRecord.list(admins),
                PARAMETERS, OwnRecord.list(parameters),
                LIMITS, OwnRecord.list(limits),
                ROTATION_OF, rotationOf.orElse(""),
                REPLACED, replaced.map(LocalDate::toString).orElse(""))));
    }
}
