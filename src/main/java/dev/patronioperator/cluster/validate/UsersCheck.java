package dev.patronioperator.cluster.validate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.patronioperator.cluster.model.Roles;
import dev.patronioperator.manifest.PoolerChoice;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.parameters.UsersParameters;

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
            namesake(subject, name)
                    .ifPresent(other ->
                            problems.refuse(field, name, "is in its Secret's name the same as the role " + other));
            secretNamespace(subject, field, name, problems);
            flags(field, Absent.asEmpty(flags), problems);
        });
    }

    /** A role of the operator's own whose Secret would be this user's too. One of the very same name is the operator's, and the user is left out. */
    private static Optional<String> namesake(Subject subject, String name) {
        var spec = subject.spec();
        var own = new ArrayList<String>();
        own.add(subject.setting(UsersParameters.SUPER_USERNAME));
        own.add(subject.setting(UsersParameters.REPLICATION_USERNAME));
        if (PoolerChoice.wanted(spec)) {
            own.add(PoolerChoice.user(spec, subject.settings()));
        }
        if (!Absent.asEmpty(spec.streams()).isEmpty()) {
            own.add(Roles.STREAM_USER);
        }
        return own.contains(name)
                ? Optional.empty()
                : own.stream()
                        .filter(role -> role.replace('_', '-').equals(name.replace('_', '-')))
                        .findFirst();
    }

    private static void secretNamespace(Subject subject, String field, String name, Problems problems) {
        int dot = name.indexOf('.');
        if (dot > 0 && subject.setting(KubernetesParameters.ENABLE_CROSS_NAMESPACE_SECRET)) {
            problems.matches(
                    field,
                    name.substring(0, dot),
                    Forms.DNS_LABEL,
                    "is no name of a namespace, which stands before the dot: a-z, 0-9 and -");
        }
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
