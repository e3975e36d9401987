package dev.patronioperator.cluster.validate;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Roles of the manifest: names, flags, and that no two would share a Secret. */
final class UsersCheck implements SpecCheck {

    private static final Set<String> FLAGS =
            Set.of("bypassrls", "createdb", "createrole", "inherit", "login", "replication", "superuser");

    @Override
    public void check(Subject subject, Problems problems) {
        var secrets = problems.unique("in its Secret's name the same as that");
        Absent.asEmpty(subject.spec().users()).forEach((name, flags) -> {
            var field = "spec.users[" + name + "]";
            name(field, name, problems);
            secrets.add(field, name.replace('_', '-'));
            flags(field, Absent.asEmpty(flags), problems);
        });
    }

    static void name(String field, String name, Problems problems) {
        problems.matches(field, name, Forms.ROLE, Forms.ROLE_FORM);
        if (name.length() > Forms.IDENTIFIER_LIMIT) {
            problems.refuse(field, name, "is too long: PostgreSQL keeps 63 characters");
        }
    }

    private static void flags(String field, List<String> flags, Problems problems) {
        var given = new HashSet<String>();
        for (var flag : flags) {
            var plain = flag == null ? "" : flag.toLowerCase(Locale.ROOT);
            if (!FLAGS.contains(plain) && !(plain.startsWith("no") && FLAGS.contains(plain.substring(2)))) {
                problems.refuse(
                        field,
                        flag,
                        "is no flag of a role: bypassrls, createdb, createrole, inherit, login, replication, superuser, "
                                + "or one of them with no in front");
            }
            given.add(plain);
        }
        FLAGS.stream()
                .sorted()
                .filter(flag -> given.contains(flag) && given.contains("no" + flag))
                .forEach(flag -> problems.refuse(field, flag, "contradicts no" + flag + " beside it"));
    }
}
