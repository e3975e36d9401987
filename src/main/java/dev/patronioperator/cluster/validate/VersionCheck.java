package dev.patronioperator.cluster.validate;

import java.util.regex.Pattern;

/** The version is one the operator has ever known. Whether it may be reached from the one that runs is a question of planning. */
final class VersionCheck implements SpecCheck {

    private static final Pattern KNOWN = Pattern.compile("9\\.[56]|1[0-8]");

    @Override
    public void check(Subject subject, Problems problems) {
        if (subject.spec().postgresql() != null) {
            problems.matches(
                    "spec.postgresql.version",
                    subject.spec().postgresql().version(),
                    KNOWN,
                    "is no major version of PostgreSQL that is known here: 9.5, 9.6 or 10 to 18, without a minor version");
        }
    }
}
