package dev.patronioperator.config;

import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.parameters.ScalyrParameters;
import dev.patronioperator.settings.value.NamespacedName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EnvironmentTest {

    @Test
    void variablesWinOverWhatTheServiceAccountAndTheConfigurationSay() {
        var environment = Environment.read(
                Map.of("OPERATOR_NAMESPACE", "pgo", "WATCHED_NAMESPACE", "*", "SCALYR_API_KEY", "s3cr3t"),
                Optional.of("elsewhere"));
        var settings = environment.override(Settings.defaults().with(KubernetesParameters.WATCHED_NAMESPACE, "one"));
        assertThat(environment.operatorNamespace()).isEqualTo("pgo");
        assertThat(settings.get(KubernetesParameters.WATCHED_NAMESPACE)).isEqualTo("*");
        assertThat(settings.get(ScalyrParameters.SCALYR_API_KEY)).contains("s3cr3t");
        assertThat(environment.toString()).doesNotContain("s3cr3t");
    }

    @Test
    void emptyVariablesAreMissing() {
        var environment = Environment.read(
                Map.of("OPERATOR_NAMESPACE", "", "CONFIG_MAP_NAME", " ", "CONTROLLER_ID", ""), Optional.of("desk"));
        assertThat(environment.operatorNamespace()).isEqualTo("desk");
        assertThat(environment.configMap()).isEmpty();
        assertThat(environment.controllerId()).isEmpty();
    }

    @Test
    void theConfigMapMayLiveInAnotherNamespace() {
        var environment = Environment.read(Map.of("CONFIG_MAP_NAME", "ns/config"), Optional.of("pgo"));
        assertThat(environment.configMap()).contains(new NamespacedName(Optional.of("ns"), "config"));
    }

    @Test
    void whatIsMissingOrMalformedIsNamed() {
        assertThatThrownBy(() -> Environment.read(Map.of(), Optional.empty()))
                .hasMessageContaining("OPERATOR_NAMESPACE");
        assertThatThrownBy(() -> Environment.read(Map.of("CONFIG_MAP_NAME", "a/b/c"), Optional.of("pgo")))
                .hasMessageContaining("CONFIG_MAP_NAME")
                .hasMessageContaining("a/b/c");
    }
}
