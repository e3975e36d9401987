package dev.patronioperator.manifest.infrastructure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import dev.patronioperator.manifest.Given;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.value.InfrastructureRole;

/** Reads infrastructure roles out of the Secrets, and ConfigMaps of the same names, that describe them. */
public final class InfrastructureSecrets {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    /**
     * A definition with the content it refers to.
     *
     * @param secret decoded
     * @param configMap empty where there is none
     */
    public record Source(InfrastructureRole definition, Map<String, String> secret, Map<String, String> configMap) {

        /** Without the content: a record prints all it holds. */
        @Override
        public String toString() {
            return "Source[" + definition.secretName() + "]";
        }
    }

    private InfrastructureSecrets() {}

    /** What has to be read, in the order of precedence: of two roles with one name the later counts. */
    public static List<InfrastructureRole> definitions(Settings settings) {
        var definitions = new ArrayList<>(settings.get(KubernetesParameters.INFRASTRUCTURE_ROLES_SECRETS));
        settings.get(KubernetesParameters.INFRASTRUCTURE_ROLES_SECRET_NAME)
                .map(name -> new InfrastructureRole(
                        name,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        true))
                .ifPresent(definitions::add);
        return List.copyOf(definitions);
    }

    /** The roles; one without name or password is none. */
    public static List<InfrastructureCredentials> read(List<Source> sources) {
        var roles = new LinkedHashMap<String, InfrastructureCredentials>();
        sources.forEach(source -> {
            var found = source.definition().template()
                    ? numbered(source.secret())
                    : single(source).stream().toList();
            found.forEach(role -> roles.put(role.name(), role));
            described(source).forEach(role -> roles.put(role.name(), role));
        });
        return List.copyOf(roles.values());
    }

    /** {@code user1}, {@code password1}, {@code inrole1} and so on, as far as there are users without a gap. */
    private static List<InfrastructureCredentials> numbered(Map<String, String> secret) {
        var roles = new ArrayList<InfrastructureCredentials>();
        for (var i = 1; secret.containsKey("user" + i); i++) {
            role(secret.get("user" + i), secret.get("password" + i), Given.text(secret.get("inrole" + i)))
                    .ifPresent(roles::add);
        }
        return roles;
    }

    private static Optional<InfrastructureCredentials> single(Source source) {
        var definition = source.definition();
        var secret = source.secret();
        var name = value(secret, definition.userKey()).or(definition::defaultUserValue);
        var password = value(secret, definition.passwordKey());
        var memberOf = value(secret, definition.roleKey()).or(definition::defaultRoleValue);
        var details = value(secret, definition.details()).flatMap(InfrastructureSecrets::yaml);
        return name.flatMap(user -> password.map(secretText -> details.map(tree -> described(user, secretText, tree))
                .orElseGet(() -> plain(user, secretText, memberOf))));
    }

    /** An empty value is as good as none. */
    private static Optional<String> value(Map<String, String> secret, Optional<String> key) {
        return key.map(secret::get).flatMap(Given::text);
    }

    private static Optional<InfrastructureCredentials> role(String name, String password, Optional<String> memberOf) {
        return Given.text(name).flatMap(user -> Given.text(password).map(secret -> plain(user, secret, memberOf)));
    }

    private static InfrastructureCredentials plain(String name, String password, Optional<String> memberOf) {
        return new InfrastructureCredentials(
                name, password, memberOf.stream().toList(), List.of(), Map.of(), Optional.empty());
    }

    /** Roles that a ConfigMap describes in YAML; the password of each is the Secret's value of the role's name. */
    private static List<InfrastructureCredentials> described(Source source) {
        return source.configMap().entrySet().stream()
                .filter(entry -> Given.text(source.secret().get(entry.getKey())).isPresent())
                .flatMap(entry -> yaml(entry.getValue()).stream()
                        .map(tree -> described(entry.getKey(), source.secret().get(entry.getKey()), tree)))
                .toList();
    }

    private static InfrastructureCredentials described(String name, String password, Map<?, ?> tree) {
        return new InfrastructureCredentials(
                name,
                password,
                texts(tree.get("inrole")),
                texts(tree.get("user_flags")),
                tree.get("db_parameters") instanceof Map<?, ?> parameters
                        ? parameters.entrySet().stream()
                                .collect(Collectors.toMap(
                                        it -> it.getKey().toString(), it -> String.valueOf(it.getValue())))
                        : Map.of(),
                tree.get("admin_role") instanceof String admin ? Given.text(admin) : Optional.empty());
    }

    private static List<String> texts(Object node) {
        return node instanceof Collection<?> items
                ? items.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** An unreadable description describes nothing. The mark at the start says YAML: a text in braces would be taken for JSON. */
    private static Optional<Map<?, ?>> yaml(String text) {
        try {
            return Optional.ofNullable(YAML.unmarshal("---\n" + text, Map.class));
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }
}
