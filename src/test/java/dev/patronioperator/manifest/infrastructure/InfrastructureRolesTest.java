package dev.patronioperator.manifest.infrastructure;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import org.junit.jupiter.api.Test;

import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.plan.Known;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.value.InfrastructureRole;
import dev.patronioperator.settings.value.NamespacedName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class InfrastructureRolesTest {

    private final Map<String, Known<HasMetadata>> objects = new HashMap<>();

    private final ObjectReader reader = new ObjectReader() {
        @Override
        public <T extends HasMetadata> Known<Optional<T>> get(Class<T> type, String namespace, String name) {
            var found = objects.get(key(type, namespace, name));
            return found == null ? Known.of(Optional.empty()) : found.map(object -> Optional.of(type.cast(object)));
        }

        @Override
        public <T extends HasMetadata> Known<List<T>> list(
                Class<T> type, String namespace, Map<String, String> labels) {
            throw new AssertionError("nobody else's objects are listed");
        }
    };

    private static String key(Class<?> type, String namespace, String name) {
        return type.getSimpleName() + " " + namespace + "/" + name;
    }

    @Test
    void everyFormOfDefinitionIsReadWhereItSays() {
        there("monitoring", "named", Map.of("login", "metrics", "secret", "b", "group", "pg_monitor"));
        there("operator", "detailed", Map.of("pass", "c", "yaml", "{inrole: [x, y], user_flags: [createdb]}"));
        objects.put(
                key(ConfigMap.class, "operator", "legacy"),
                Known.of(new ConfigMapBuilder()
                        .addToData("described", "inrole: [admin]")
                        .build()));
        there("operator", "legacy", Map.of("user1", "numbered", "password1", "a", "described", "d"));

        var read = read(
                Optional.of("legacy"),
                role("monitoring/named", "login", "secret", "group", null, null),
                role("detailed", null, "pass", null, "auditor", "yaml"));

        assertThat(read.problems()).isEmpty();
        assertThat(read.roles())
                .extracting(InfrastructureCredentials::name, InfrastructureCredentials::password)
                .containsExactly(
                        tuple("metrics", "b"), tuple("auditor", "c"), tuple("numbered", "a"), tuple("described", "d"));
        assertThat(read.roles().get(0).memberOf()).containsExactly("pg_monitor");
        assertThat(read.roles().get(1).memberOf()).containsExactly("x", "y");
        assertThat(read.roles().get(1).flags()).containsExactly("createdb");
        assertThat(read.roles().get(3).memberOf()).containsExactly("admin");
    }

    @Test
    void aMissingSecretIsToldAndTheOthersCount() {
        there("operator", "good", Map.of("login", "metrics", "secret", "b"));

        var read = read(
                Optional.empty(),
                role("bad", "login", "secret", null, null, null),
                role("good", "login", "secret", null, null, null));

        assertThat(read.roles())
                .singleElement()
                .extracting(InfrastructureCredentials::name)
                .isEqualTo("metrics");
        assertThat(read.problems()).singleElement().asString().contains("bad");
        assertThat(read.complete())
                .as("a Secret that is not there has no roles")
                .isTrue();
    }

    @Test
    void noSecretDescribesARoleOfTheOperatorOrOneThatIsProtected() {
        there(
                "operator",
                "legacy",
                Map.of(
                        "user1",
                        "postgres",
                        "password1",
                        "a",
                        "user2",
                        "standby",
                        "password2",
                        "b",
                        "user3",
                        "cron_admin",
                        "password3",
                        "c",
                        "user4",
                        "robot",
                        "password4",
                        "d"));
        there("operator", "named", Map.of("login", "admin", "secret", "e"));

        var read = read(Optional.of("legacy"), role("named", "login", "secret", null, null, null));

        assertThat(read.roles()).extracting(InfrastructureCredentials::name).containsExactly("robot");
        assertThat(read.problems())
                .containsExactlyInAnyOrder(
                        "role admin is superuser, replication user or protected",
                        "role cron_admin is superuser, replication user or protected",
                        "role postgres is superuser, replication user or protected",
                        "role standby is superuser, replication user or protected");
        assertThat(read.complete()).isTrue();
    }

    @Test
    void whatCouldNotBeReadIsNotTakenForAbsent() {
        objects.put(key(Secret.class, "operator", "roles"), Known.unknown("the API server does not answer"));

        var read = read(Optional.of("roles"));

        assertThat(read.complete()).isFalse();
        assertThat(read.roles()).isEmpty();
    }

    @Test
    void anUnreadableDescriptionDoesNotMakeItsRolesSomethingElse() {
        there("operator", "legacy", Map.of("user1", "numbered", "password1", "a"));
        objects.put(key(ConfigMap.class, "operator", "legacy"), Known.unknown("the API server does not answer"));

        assertThat(read(Optional.of("legacy")).complete()).isFalse();
    }

    private InfrastructureRoles read(Optional<String> legacy, InfrastructureRole... definitions) {
        var settings = Settings.defaults()
                .with(KubernetesParameters.INFRASTRUCTURE_ROLES_SECRET_NAME, legacy.map(NamespacedName::of))
                .with(KubernetesParameters.INFRASTRUCTURE_ROLES_SECRETS, List.of(definitions));
        return InfrastructureRoles.read(settings, "operator", reader);
    }

    private void there(String namespace, String name, Map<String, String> data) {
        objects.put(
                key(Secret.class, namespace, name),
                Known.of(new SecretBuilder()
                        .withData(data.entrySet().stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Base64.getEncoder()
                                        .encodeToString(entry.getValue().getBytes(StandardCharsets.UTF_8)))))
                        .build()));
    }

    private static InfrastructureRole role(
            String secret, String user, String password, String role, String defaultUser, String details) {
        var parts = secret.split("/");
        return new InfrastructureRole(
                parts.length == 2 ? new NamespacedName(Optional.of(parts[0]), parts[1]) : NamespacedName.of(secret),
                Optional.ofNullable(user),
                Optional.ofNullable(password),
                Optional.ofNullable(role),
                Optional.ofNullable(defaultUser),
                Optional.empty(),
                Optional.ofNullable(details),
                false);
    }
}
