package dev.patronioperator.cluster.validate;

import java.util.regex.Pattern;

/** PostgreSQL parameters by form; their values are PostgreSQL's to judge. */
final class ParametersCheck implements SpecCheck {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z_][A-Za-z0-9_$]*)?");

    @Override
    public void check(Subject subject, Problems problems) {
        var server = subject.spec().postgresql();
        if (server == null) {
            return;
        }
        Absent.asEmpty(server.parameters())
                .forEach((name, value) -> form("spec.postgresql.parameters[" + name + "]", name, value, problems));
    }

    /** Whether a parameter could be one. */
    static boolean form(String field, String name, String value, Problems problems) {
        boolean right = problems.matches(
                field,
                name,
                NAME,
                "is no name of a parameter: letters, digits and _, with one dot for those of extensions");
        if (value == null) {
            problems.refuse(field, "has no value");
        } else if (value.chars().anyMatch(c -> c == '\n' || c == 0)) {
            problems.refuse(field, "has to be one line");
        }
        return right;
    }
}
