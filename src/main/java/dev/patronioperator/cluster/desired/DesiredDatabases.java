package dev.patronioperator.cluster.desired;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;

import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.DatabaseRole;
import dev.patronioperator.cluster.model.Databases;
import dev.patronioperator.cluster.model.RoleOrigin;
import dev.patronioperator.manifest.Credentials;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.postgres.roles.RoleAttribute;
import dev.patronioperator.postgres.roles.RolePassword;
import dev.patronioperator.postgres.roles.RoleSpec;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What shall be inside PostgreSQL: the model's roles with the passwords that their Secrets hold, and the model's databases.
 *
 * @param roles those whose password is known
 * @param unknown names of roles whose Secret is not there yet
 * @param login what to log in with to make them so; empty until the superuser's Secret is there
 */
public record DesiredDatabases(List<RoleSpec> roles, List<String> unknown, Databases databases, Optional<Login> login) {

    /** A role that may do everything, with its password. */
    public record Login(String user, String password) {
        /** Without the password: a record prints all it holds. */
        @Override
        public String toString() {
            return user;
        }
    }

    public DesiredDatabases {
        roles = List.copyOf(roles);
        unknown = List.copyOf(unknown);
    }

    /** @param objects what there is, Secrets among it */
    public static DesiredDatabases of(ClusterModel model, Map<ObjectRef, HasMetadata> objects) {
        var secrets = new SecretsFound(model, objects);
        return new DesiredDatabases(
                model.roles().all().stream()
                        .flatMap(role -> specs(role, secrets).stream())
                        .toList(),
                model.roles().all().stream()
                        .filter(role ->
                                role.keepsSecret() && secrets.login(role).isEmpty())
                        .map(DatabaseRole::name)
                        .toList(),
                model.databases(),
                secrets.login(model.credentials().superuser()));
    }

    private static List<RoleSpec> specs(DatabaseRole role, SecretsFound secrets) {
        if (!role.keepsSecret()) {
            return List.of(spec(role, role.name(), role.memberOf(), new RolePassword.None()));
        }
        var login = secrets.login(role);
        if (login.isEmpty()) {
            return List.of();
        }
        var given = new RolePassword.Given(login.get().password());
        if (login.get().user().equals(role.name())) {
            return List.of(spec(role, role.name(), role.memberOf(), given));
        }
        // After a rotation the credentials are those of a member of the role, which keeps what it owns.
        var roles = new ArrayList<RoleSpec>();
        roles.add(spec(role, role.name(), role.memberOf(), new RolePassword.AsItIs()));
        roles.add(spec(role, login.get().user(), List.of(role.name()), given));
        return roles;
    }

    private static RoleSpec spec(DatabaseRole role, String name, List<String> memberOf, RolePassword password) {
        return new RoleSpec(
                name,
                role.origin() == RoleOrigin.SYSTEM ? Optional.empty() : Optional.of(attributes(role)),
                memberOf,
                role.adminRole(),
                role.parameters(),
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

    /** The credentials that the Secrets hold. */
    private record SecretsFound(ClusterModel model, Map<ObjectRef, HasMetadata> objects) {

        Optional<Login> login(String roleName) {
            return model.roles().all().stream()
                    .filter(role -> role.name().equals(roleName))
                    .findFirst()
                    .flatMap(this::login);
        }

        Optional<Login> login(DatabaseRole role) {
            var name = model.credentials().secretName(model.identity().name(), role.name());
            var found = objects.get(new ObjectRef("v1", "Secret", role.secretNamespace(), name));
            return found instanceof Secret secret
                    ? value(secret, Credentials.PASSWORD)
                            .map(password -> new Login(
                                    value(secret, Credentials.USERNAME).orElse(role.name()), password))
                    : Optional.empty();
        }

        private static Optional<String> value(Secret secret, String key) {
            return Optional.ofNullable(secret.getData())
                    .map(data -> data.get(key))
                    .map(encoded -> new String(Base64.getDecoder().decode(encoded), UTF_8))
                    .filter(text -> !text.isEmpty());
        }
    }
}
