package dev.patronioperator.cluster.model;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

import dev.patronioperator.api.UserOptions;
import dev.patronioperator.manifest.Given;
import dev.patronioperator.postgres.roles.RoleLimits;
import dev.patronioperator.postgres.roles.RoleParameters;

/**
 * A role as it should be.
 *
 * @param flags in upper case, without NOLOGIN: a role without LOGIN cannot log in
 * @param adminRole a role that may grant this one
 * @param databaseOwner whether it owns a database or schema
 * @param parameters set for the role
 * @param limits how far it may be used
 * @param secretNamespace where its credentials are kept
 * @param keepsSecret whether it has credentials
 * @param password where it is given instead of generated
 */
public record DatabaseRole(
        String name,
        RoleOrigin origin,
        SortedSet<String> flags,
        List<String> memberOf,
        Optional<String> adminRole,
        boolean databaseOwner,
        SortedMap<String, String> parameters,
        RoleLimits limits,
        String secretNamespace,
        boolean keepsSecret,
        Optional<String> password) {

    private static final String LOGIN = "LOGIN";
    private static final String NOLOGIN = "NOLOGIN";

    public boolean canLogIn() {
        return flags.contains(LOGIN);
    }

    /** Without the password: a record prints all it holds. */
    @Override
    public String toString() {
        return "DatabaseRole[" + name + ", " + origin + ", " + flags + "]";
    }

    static DatabaseRole of(String name, RoleOrigin origin, Collection<String> flags, String secretNamespace) {
        return new DatabaseRole(
                name,
                origin,
                normalised(flags),
                List.of(),
                Optional.empty(),
                false,
                new TreeMap<>(),
                RoleLimits.NONE,
                secretNamespace,
                true,
                Optional.empty());
    }

    DatabaseRole owningDatabase(boolean owner) {
        return with(draft -> draft.databaseOwner = owner);
    }

    DatabaseRole memberOf(List<String> roles) {
        return with(draft -> draft.memberOf = List.copyOf(roles));
    }

    DatabaseRole administeredBy(Optional<String> role) {
        return with(draft -> draft.adminRole = role);
    }

    DatabaseRole with(Map<String, String> settings) {
        return with(draft -> draft.parameters = new TreeMap<>(settings));
    }

    /** What a manifest says of the role beyond its flags; of a parameter that it has already the manifest's value counts. */
    DatabaseRole with(UserOptions options) {
        var settings = RoleParameters.byName(parameters);
        Given.map(options.parameters()).forEach((parameter, value) -> {
            if (value != null) {
                settings.put(parameter, value);
            }
        });
        return with(draft -> {
            draft.parameters = settings;
            draft.limits = new RoleLimits(
                    Optional.ofNullable(options.connectionLimit()),
                    Given.text(options.validUntil()).flatMap(RoleLimits::pointInTime));
        });
    }

    DatabaseRole withPassword(String given) {
        return with(draft -> draft.password = Optional.of(given));
    }

    /** A role of somebody who logs in without a password of ours. */
    DatabaseRole withoutSecret() {
        return with(draft -> {
            draft.keepsSecret = false;
            draft.password = Optional.empty();
        });
    }

    /** A role to be a member of: it cannot log in and has no credentials. */
    DatabaseRole group() {
        return withoutSecret().with(draft -> draft.flags = new TreeSet<>());
    }

    private DatabaseRole with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.role(name, origin, secretNamespace);
    }

    /** What can become otherwise. */
    private static final class Draft {
        private SortedSet<String> flags;
        private List<String> memberOf;
        private Optional<String> adminRole;
        private boolean databaseOwner;
        private SortedMap<String, String> parameters;
        private RoleLimits limits;
        private boolean keepsSecret;
        private Optional<String> password;

        private Draft(DatabaseRole role) {
            flags = role.flags;
            memberOf = role.memberOf;
            adminRole = role.adminRole;
            databaseOwner = role.databaseOwner;
            parameters = role.parameters;
            limits = role.limits;
            keepsSecret = role.keepsSecret;
            password = role.password;
        }

        private DatabaseRole role(String name, RoleOrigin origin, String secretNamespace) {
            return new DatabaseRole(
                    name,
                    origin,
                    flags,
                    memberOf,
                    adminRole,
                    databaseOwner,
                    parameters,
                    limits,
                    secretNamespace,
                    keepsSecret,
                    password);
        }
    }

    private static SortedSet<String> normalised(Collection<String> flags) {
        var normalised = new TreeSet<String>();
        flags.forEach(flag -> normalised.add(flag.toUpperCase(Locale.ROOT)));
        if (!normalised.remove(NOLOGIN)) {
            normalised.add(LOGIN);
        }
        return normalised;
    }
}
