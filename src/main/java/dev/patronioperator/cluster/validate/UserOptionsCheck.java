package dev.patronioperator.cluster.validate;

import java.util.Locale;
import java.util.Map;

import dev.patronioperator.api.UserOptions;
import dev.patronioperator.cluster.model.Roles;
import dev.patronioperator.postgres.parameters.ParameterCatalogue;
import dev.patronioperator.postgres.roles.Given;
import dev.patronioperator.postgres.roles.RoleLimits;

/** What roles have besides their flags. Whether a parameter can be set for a role is known; its values are PostgreSQL's to judge. */
final class UserOptionsCheck implements SpecCheck {

    /** They say as whom a session acts; rotations need the first. */
    private static final Map<String, String> OF_THE_OPERATOR = Map.of(
            "role", "a login that takes over at a rotation acts as its role by it",
            "session_authorization", "a session is that of the role that logs in");

    @Override
    public void check(Subject subject, Problems problems) {
        var options = Absent.asEmpty(subject.spec().userOptions());
        if (options.isEmpty() || subject.name() == null) {
            return;
        }
        var roles = Roles.ofManifest(subject.manifest(), subject.settings());
        options.forEach((name, these) -> {
            var field = "spec.userOptions[" + name + "]";
            if (!roles.contains(name)) {
                problems.refuse(
                        field,
                        name,
                        "is no role of this manifest: name it in spec.users, or it is one of spec.preparedDatabases");
            }
            if (these != null) {
                options(field, these, catalogue(subject), problems);
            }
        });
    }

    private static ParameterCatalogue catalogue(Subject subject) {
        var server = subject.spec().postgresql();
        return ParameterCatalogue.of(server == null || server.version() == null ? "" : server.version());
    }

    private static void options(String field, UserOptions options, ParameterCatalogue known, Problems problems) {
        problems.within(field + ".connectionLimit", options.connectionLimit(), 0, Integer.MAX_VALUE);
        var end = options.validUntil();
        if (end != null && RoleLimits.pointInTime(end).isEmpty()) {
            problems.refuse(field + ".validUntil", end, "is no point in time: such as 2027-03-31T00:00:00Z");
        }
        var parameters = problems.unique("but for upper and lower case the name");
        Absent.asEmpty(options.parameters()).forEach((parameter, value) -> {
            var at = field + ".parameters[" + parameter + "]";
            parameters.add(at, parameter.toLowerCase(Locale.ROOT));
            parameter(at, parameter, value, known, problems);
        });
    }

    private static void parameter(
            String field, String parameter, String value, ParameterCatalogue known, Problems problems) {
        if (!ParametersCheck.form(field, parameter, value, problems)) {
            return;
        }
        var plain = parameter.toLowerCase(Locale.ROOT);
        if (OF_THE_OPERATOR.containsKey(plain)) {
            problems.refuse(field, "is not for a manifest to set: " + OF_THE_OPERATOR.get(plain));
        } else if (Given.isRecord(plain)) {
            problems.refuse(field, "is not for a manifest to set: the operator keeps its record there");
        } else if (known.find(parameter)
                .filter(found -> !found.context().isOfSessions())
                .isPresent()) {
            problems.refuse(
                    field,
                    "cannot be set for a role: it is the whole server's, and belongs in spec.postgresql.parameters");
        }
    }
}
