package dev.patronioperator.cluster.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.api.PostgresqlSpec;
import dev.patronioperator.manifest.Adjustment;
import dev.patronioperator.manifest.Credentials;
import dev.patronioperator.manifest.Given;
import dev.patronioperator.manifest.Identity;
import dev.patronioperator.manifest.PoolerChoice;
import dev.patronioperator.manifest.infrastructure.InfrastructureCredentials;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.parameters.TeamsParameters;
import dev.patronioperator.settings.parameters.UsersParameters;

/**
 * The roles a cluster shall have, but for people: those come from teams.
 *
 * @param all system roles first, then the rest by name
 * @param rotation whose passwords are changed regularly
 * @param otherwise roles of the manifest that are not as it asks
 */
public record Roles(List<DatabaseRole> all, PasswordRotation rotation, List<Adjustment> otherwise) {

    /** The role that reads change events. */
    public static final String STREAM_USER = "fes_user";

    private static final Pattern USERNAME =
            Pattern.compile("[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*");

    public Roles {
        all = List.copyOf(all);
        otherwise = List.copyOf(otherwise);
    }

    static Roles of(
            PostgresqlSpec spec, Settings settings, Identity identity, List<InfrastructureCredentials> infrastructure) {
        return new Assembly(spec, settings, identity).assemble(infrastructure);
    }

    /** Names of the roles that a manifest may say more about: its users, and those of its prepared databases. */
    public static Set<String> ofManifest(Postgresql manifest, Settings settings) {
        var names = new TreeSet<>(Given.map(manifest.getSpec().users()).keySet());
        PreparedRoles.of(manifest.getSpec(), settings, Identity.of(manifest, settings)).stream()
                .map(DatabaseRole::name)
                .forEach(names::add);
        return names;
    }

    List<Adjustment> adjustments() {
        return Stream.concat(otherwise.stream(), rotation.adjustments(all).stream())
                .toList();
    }

    private static final class Assembly {
        private final PostgresqlSpec spec;
        private final Settings settings;
        private final Identity identity;
        private final Map<String, DatabaseRole> roles = new LinkedHashMap<>();
        private final Set<String> reserved = new LinkedHashSet<>();

        Assembly(PostgresqlSpec spec, Settings settings, Identity identity) {
            this.spec = spec;
            this.settings = settings;
            this.identity = identity;
        }

        Roles assemble(List<InfrastructureCredentials> infrastructure) {
            systemRoles().forEach(this::add);
            reserved.addAll(roles.keySet());
            reserved.addAll(settings.get(TeamsParameters.PROTECTED_ROLE_NAMES));
            infrastructure.stream().map(this::infrastructureRole).forEach(this::addUnreserved);
            PreparedRoles.of(spec, settings, identity).forEach(this::add);
            Given.map(spec.users()).entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(user -> manifestRole(user.getKey(), Given.list(user.getValue())))
                    .forEach(this::addUnreserved);
            return new Roles(
                    roles.values().stream()
                            .map(this::withOptions)
                            .map(this::withOwnerRoles)
                            .toList(),
                    PasswordRotation.of(spec, settings),
                    otherwise());
        }

        private List<Adjustment> otherwise() {
            var users = Given.map(spec.users()).keySet().stream()
                    .filter(reserved::contains)
                    .sorted()
                    .map(this::leftOut);
            return Stream.concat(PoolerChoice.userAdjustment(spec, settings).stream(), users)
                    .toList();
        }

        private Adjustment leftOut(String user) {
            var isProtected = settings.get(TeamsParameters.PROTECTED_ROLE_NAMES).contains(user);
            return new Adjustment(
                    "spec.users",
                    user,
                    "left out",
                    isProtected ? TeamsParameters.PROTECTED_ROLE_NAMES.key() : "the operator has a role of that name");
        }

        private Collection<DatabaseRole> systemRoles() {
            var credentials = Credentials.of(settings);
            var system = new ArrayList<DatabaseRole>();
            system.add(role(credentials.superuser(), RoleOrigin.SYSTEM, List.of()));
            system.add(role(credentials.replication(), RoleOrigin.SYSTEM, List.of()));
            if (PoolerChoice.wanted(spec)) {
                system.add(role(PoolerChoice.user(spec, settings), RoleOrigin.POOLER, List.of()));
            }
            if (!Given.list(spec.streams()).isEmpty()) {
                system.add(role(STREAM_USER, RoleOrigin.STREAM, List.of("REPLICATION")));
            }
            return system;
        }

        private DatabaseRole infrastructureRole(InfrastructureCredentials given) {
            return role(given.name(), RoleOrigin.INFRASTRUCTURE, given.flags())
                    .memberOf(given.memberOf())
                    .administeredBy(given.adminRole())
                    .with(given.parameters())
                    .withPassword(given.password());
        }

        private DatabaseRole manifestRole(String name, List<String> flags) {
            var owner = Given.map(spec.databases()).containsValue(name);
            var admin = settings.get(TeamsParameters.ENABLE_ADMIN_ROLE_FOR_USERS)
                    ? Optional.of(settings.get(TeamsParameters.TEAM_ADMIN_ROLE))
                    : Optional.<String>empty();
            return DatabaseRole.of(name, RoleOrigin.MANIFEST, flags, secretNamespace(name))
                    .owningDatabase(owner)
                    .administeredBy(admin);
        }

        /** With {@code namespace.name} a user's credentials go where the user's program runs. */
        private String secretNamespace(String name) {
            var dot = name.indexOf('.');
            return dot > 0 && settings.get(KubernetesParameters.ENABLE_CROSS_NAMESPACE_SECRET)
                    ? name.substring(0, dot)
                    : identity.namespace();
        }

        private DatabaseRole role(String name, RoleOrigin origin, List<String> flags) {
            return DatabaseRole.of(name, origin, flags, identity.namespace());
        }

        private void addUnreserved(DatabaseRole role) {
            if (USERNAME.matcher(role.name()).matches() && !reserved.contains(role.name())) {
                add(role);
            }
        }

        private void add(DatabaseRole role) {
            roles.merge(
                    role.name(),
                    role,
                    (before, after) -> after.origin().compareTo(before.origin()) >= 0 ? after : before);
        }

        /** A manifest says how its own roles may be used, not those of the operator or of the configuration. */
        private DatabaseRole withOptions(DatabaseRole role) {
            var options = Given.map(spec.userOptions()).get(role.name());
            return options == null || !role.origin().isOfManifest() ? role : role.with(options);
        }

        private DatabaseRole withOwnerRoles(DatabaseRole role) {
            if (!role.databaseOwner()) {
                return role;
            }
            var memberships = new LinkedHashSet<>(role.memberOf());
            memberships.addAll(settings.get(UsersParameters.ADDITIONAL_OWNER_ROLES));
            return role.memberOf(List.copyOf(memberships));
        }
    }
}
