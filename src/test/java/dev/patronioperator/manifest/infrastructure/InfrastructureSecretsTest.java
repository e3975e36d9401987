package dev.patronioperator.manifest.infrastructure;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.value.InfrastructureRole;
import dev.patronioperator.settings.value.NamespacedName;

import static org.assertj.core.api.Assertions.assertThat;

class InfrastructureSecretsTest {

    private static final NamespacedName NAME = NamespacedName.of("roles");

    @Test
    void everyNumberedRoleIsRead() {
        var secret = Map.of(
                "user1",
                "a",
                "password1",
                "pa",
                "inrole1",
                "r",
                "user2",
                "b",
                "password2",
                "pb",
                "user3",
                "c",
                "user4",
                "d",
                "password4",
                "pd");

        var roles = read(definition(true, Optional.empty()), secret, Map.of());

        assertThat(roles).extracting(InfrastructureCredentials::name).containsExactly("a", "b", "d");
        assertThat(roles.getFirst().memberOf()).containsExactly("r");
        assertThat(roles.getLast().memberOf()).isEmpty();
    }

    @Test
    void aDefinitionWithoutRoleKeyMakesAMemberOfNothing() {
        var roles = read(definition(false, Optional.of("missing")), Map.of("user", "a", "password", "p"), Map.of());

        assertThat(roles).singleElement().satisfies(role -> assertThat(role.memberOf())
                .isEmpty());
    }

    @Test
    void aConfigMapDescribesRolesWhosePasswordsAreInTheSecret() {
        var yaml = "inrole: [admin]\nuser_flags: [createdb]\ndb_parameters: {log_statement: all}\n";

        var roles = read(
                definition(true, Optional.empty()),
                Map.of("batman", "justice"),
                Map.of("batman", yaml, "nobody", yaml));

        assertThat(roles).singleElement().satisfies(role -> {
            assertThat(role.password()).isEqualTo("justice");
            assertThat(role.flags()).containsExactly("createdb");
            assertThat(role.parameters()).isEqualTo(Map.of("log_statement", "all"));
        });
    }

    @Test
    void theLegacySecretIsReadLast() {
        var settings = Settings.defaults()
                .with(KubernetesParameters.INFRASTRUCTURE_ROLES_SECRET_NAME, Optional.of(NamespacedName.of("legacy")))
                .with(KubernetesParameters.INFRASTRUCTURE_ROLES_SECRETS, List.of(definition(false, Optional.empty())));

        assertThat(InfrastructureSecrets.definitions(settings))
                .extracting(definition -> definition.secretName().name())
                .containsExactly("roles", "legacy");
    }

    @Test
    void nothingPrintsAPassword() {
        var source = new InfrastructureSecrets.Source(
                definition(false, Optional.empty()), Map.of("password", "justice"), Map.of());

        assertThat(source.toString()).doesNotContain("justice");
        assertThat(read(source.definition(), Map.of("user", "a", "password", "justice"), Map.of())
                        .toString())
                .doesNotContain("justice");
    }

    private static List<InfrastructureCredentials> read(
            InfrastructureRole definition, Map<String, String> secret, Map<String, String> configMap) {
        return InfrastructureSecrets.read(List.of(new InfrastructureSecrets.Source(definition, secret, configMap)));
    }

    private static InfrastructureRole definition(boolean template, Optional<String> roleKey) {
        return new InfrastructureRole(
                NAME,
                Optional.of("user"),
                Optional.of("password"),
                roleKey,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                template);
    }
}
