package dev.patronioperator.cluster.desired;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;

import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.DatabaseRole;
import dev.patronioperator.cluster.model.Databases;
import dev.patronioperator.cluster.model.HumanRoles;
import dev.patronioperator.cluster.model.PasswordRotation;
import dev.patronioperator.cluster.model.RoleOrigin;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.postgres.roles.FormerMembers;
import dev.patronioperator.postgres.roles.RoleAttribute;
import dev.patronioperator.postgres.roles.RolePassword;
import dev.patronioperator.postgres.roles.RoleSpec;
import dev.patronioperator.postgres.roles.RotatedLogins;

/**
 * What shall be inside PostgreSQL: the model's roles with the passwords that their Secrets hold, and the model's databases.
 *
 * @param roles those whose password is known
 * @param unknown names of roles whose Secret is not there yet
 * @param pending logins that are about to take over from those that the Secrets tell applications
 * @param replaced what is known of logins that were replaced by others
 * @param former what becomes of people who have left their teams, and of those who come back
 * @param login what to log in with to make them so; empty until the superuser's Secret is there
 */
public record DesiredDatabases(
        List<RoleSpec> roles,
        List<String> unknown,
        Set<String> pending,
        RotatedLogins replaced,
        FormerMembers former,
        Databases databases,
        Optional<RoleCredentials.Login> login) {

    public DesiredDatabases {
        roles = List.copyOf(roles);
        unknown = List.copyOf(unknown);
        pending = Set.copyOf(pending);
    }

    /**
     * @param people who has a role for being in a team
     * @param objects what there is, Secrets among it
     */
    public static DesiredDatabases of(ClusterModel model, HumanRoles people, Map<ObjectRef, HasMetadata> objects) {
        var found = new HashMap<String, RoleCredentials>();
        model.roles().all().stream().filter(DatabaseRole::keepsSecret).forEach(role -> RoleCredentials.find(
                        model, role, objects)
                .filter(credentials -> credentials.login().isPresent())
                .ifPresent(credentials -> found.put(role.name(), credentials)));
        var roles = Stream.concat(
                        model.roles().all().stream()
                                .flatMap(role -> specs(role, Optional.ofNullable(found.get(role.name()))).stream()),
                        people.roles().stream().map(role -> spec(role, new RolePassword.AsItIs())))
                .toList();
        return new DesiredDatabases(
                roles,
                model.roles().all().stream()
                        .filter(role -> role.keepsSecret() && !found.containsKey(role.name()))
                        .map(DatabaseRole::name)
                        .toList(),
                found.values().stream()
                        .flatMap(credentials -> credentials.pending().stream())
                        .map(RoleCredentials.Login::user)
                        .collect(Collectors.toSet()),
                replaced(model, found.values(), roles),
                former(model, people, roles),
                model.databases(),
                Optional.ofNullable(found.get(model.credentials().superuser())).flatMap(RoleCredentials::login));
    }

    private static FormerMembers former(ClusterModel model, HumanRoles people, List<RoleSpec> roles) {
        var members = new TreeSet<String>();
        people.roles().stream().map(DatabaseRole::name).forEach(members::add);
        var others = new TreeSet<>(people.protectedNames());
        model.roles().all().stream().map(DatabaseRole::name).forEach(others::add);
        roles.stream()
                .map(RoleSpec::name)
                .filter(name -> !members.contains(name))
                .forEach(others::add);
        return new FormerMembers(people.isComplete(), people.deprecated(), people.suffix(), members, others);
    }

    /** Names of all roles that are wanted, also of those that are not known yet. */
    public Set<String> wantedNames() {
        var names = new TreeSet<>(former.people());
        names.addAll(former.others());
        return names;
    }

    private static RotatedLogins replaced(ClusterModel model, Collection<RoleCredentials> found, List<RoleSpec> roles) {
        var inUse = new TreeSet<String>();
        model.roles().all().stream().map(DatabaseRole::name).forEach(inUse::add);
        roles.stream().map(RoleSpec::name).forEach(inUse::add);
        return new RotatedLogins(
                model.roles().rotation().retention(),
                roles.stream()
                        .filter(role -> role.rotationOf().isEmpty())
                        .collect(Collectors.toMap(RoleSpec::name, role -> role, (one, another) -> one)),
                found.stream()
                        .filter(credentials -> PasswordRotation.mayHaveRotated(credentials.role()))
                        .filter(RoleCredentials::knowsRotation)
                        .map(credentials -> credentials.role().name())
                        .collect(Collectors.toSet()),
                inUse);
    }

    private static List<RoleSpec> specs(DatabaseRole role, Optional<RoleCredentials> found) {
        if (!role.keepsSecret()) {
            return List.of(spec(role, new RolePassword.None()));
        }
        if (found.isEmpty()) {
            return List.of();
        }
        // A login that took over is a member of the role, which keeps what it owns.
        var passwords = new LinkedHashMap<String, RolePassword>();
        passwords.put(role.name(), new RolePassword.AsItIs());
        found.get().login().ifPresent(login -> passwords.put(login.user(), new RolePassword.Given(login.password())));
        found.get().pending().ifPresent(login -> passwords.put(login.user(), new RolePassword.Given(login.password())));
        return passwords.entrySet().stream()
                .map(login -> login.getKey().equals(role.name())
                        ? spec(role, login.getValue())
                        : spec(role, login.getValue()).takenOverBy(login.getKey(), login.getValue()))
                .toList();
    }

    private static RoleSpec spec(DatabaseRole role, RolePassword password) {
        return new RoleSpec(
                role.name(),
                role.origin() == RoleOrigin.SYSTEM ? Optional.empty() : Optional.of(attributes(role)),
                role.memberOf(),
                role.adminRole(),
                role.parameters(),
                role.limits(),
                password,
                role.origin().name().toLowerCase(Locale.ROOT));
    }

    private static SortedSet<RoleAttribute> attributes(DatabaseRole role) {
        var attributes = new TreeSet<RoleAttribute>();
        for (var attribute : RoleAttribute.values()) {
            if (role.flags().contains(attribute.name())) {
                attributes.add(attribute);
            }
        }
        if (!role.flags().contains("NO" + RoleAttribute.INHERIT.name())) {
            attributes.add(RoleAttribute.INHERIT);
        }
        return attributes;
    }
}
