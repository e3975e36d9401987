package dev.patronioperator.postgres.roles;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.patronioperator.sql.Sql;

/**
 * What the operator gave to a role. It stands in the database as parameters of the role in a class of their own, which mean nothing to
 * PostgreSQL: it changes in the transaction that changes the role, it goes with the role, and it is there after the operator has been
 * restarted or replaced.
 *
 * @param origin why the operator made the role or took it over; empty for a role that it never touched
 * @param memberOf the roles it was made a member of
 * @param parameters the parameters set for it
 * @param limits names of the {@linkplain RoleLimits limits} set for it
 * @param rotationOf the role that this one was made to take over from; written down when it is made, never later
 */
public record Given(
        String origin,
        SortedSet<String> memberOf,
        SortedSet<String> parameters,
        SortedSet<String> limits,
        Optional<String> rotationOf) {

    /** The parameters of this class are the operator's record. */
    private static final String CLASS = "patroni_operator.";

    static final Given NOTHING = new Given("", new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), Optional.empty());

    private static final String ORIGIN = CLASS + "origin";
    private static final String MEMBER_OF = CLASS + "member_of";
    private static final String PARAMETERS = CLASS + "parameters";
    private static final String LIMITS = CLASS + "limits";
    private static final String ROTATION_OF = CLASS + "rotation_of";

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
                rotationOf);
    }

    /** The statement that records of a role that is being made from whom it takes over. */
    static Sql rotationOf(String role, String predecessor) {
        return Sql.of("ALTER ROLE ? SET ? TO ?", Sql.name(role), parameter(ROTATION_OF), Sql.value(predecessor));
    }

    /** Whether a parameter belongs to a record. */
    public static boolean isRecord(String parameter) {
        return parameter.startsWith(CLASS);
    }

    /** Reads the record from among all parameters of a role. */
    public static Given read(Map<String, String> parameters) {
        return new Given(
                parameters.getOrDefault(ORIGIN, ""),
                names(parameters.get(MEMBER_OF)),
                names(parameters.get(PARAMETERS)),
                names(parameters.get(LIMITS)),
                Optional.ofNullable(parameters.get(ROTATION_OF)));
    }

    /** The statements that make this the record of the role. */
    List<Sql> statements(String role, Given before) {
        var statements = new ArrayList<Sql>();
        var old = before.settings();
        var now = settings();
        now.forEach((parameter, value) -> {
            if (!value.equals(old.get(parameter))) {
                statements.add(
                        Sql.of("ALTER ROLE ? SET ? TO ?", Sql.name(role), parameter(parameter), Sql.value(value)));
            }
        });
        old.keySet().stream()
                .filter(parameter -> !now.containsKey(parameter))
                .forEach(parameter ->
                        statements.add(Sql.of("ALTER ROLE ? RESET ?", Sql.name(role), parameter(parameter))));
        return statements;
    }

    private SortedMap<String, String> settings() {
        var settings = new TreeMap<String, String>();
        settings.put(ORIGIN, origin);
        settings.put(MEMBER_OF, text(memberOf));
        settings.put(PARAMETERS, text(parameters));
        settings.put(LIMITS, text(limits));
        settings.put(ROTATION_OF, rotationOf.orElse(""));
        settings.values().removeIf(String::isEmpty);
        return settings;
    }

    /** {@code class.name}: PostgreSQL takes each part as a name. */
    private static Sql parameter(String parameter) {
        var dot = parameter.indexOf('.');
        return Sql.name(parameter.substring(0, dot), parameter.substring(dot + 1));
    }

    private static String text(Collection<String> names) {
        return new SettingList(List.copyOf(names)).text();
    }

    private static SortedSet<String> names(String text) {
        return text == null
                ? new TreeSet<>()
                : new TreeSet<>(SettingList.parse(text).names());
    }
}
