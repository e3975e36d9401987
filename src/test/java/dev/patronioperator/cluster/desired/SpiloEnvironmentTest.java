package dev.patronioperator.cluster.desired;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import org.junit.jupiter.api.Test;

import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.cluster.desired.ExternalInputs.PodEnvironment;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.CloudParameters;
import dev.patronioperator.settings.parameters.KubernetesParameters;

import static org.assertj.core.api.Assertions.assertThat;

class SpiloEnvironmentTest {

    private static final Settings SETTINGS = Settings.defaults()
            .with(CloudParameters.WAL_S3_BUCKET, Optional.of("configured"))
            .with(KubernetesParameters.POD_ENVIRONMENT_SECRET, Optional.of("pod-env"));

    @Test
    void theManifestWinsOverSecretConfigMapAndConfiguration() {
        var external = external(Map.of("WAL_S3_BUCKET", "config-map"), "WAL_S3_BUCKET");

        var env = render("env: [{name: WAL_S3_BUCKET, value: manifest}]\n", external);

        assertThat(value(env, "WAL_S3_BUCKET")).isEqualTo("manifest");
    }

    @Test
    void theSecretWinsOverTheConfigMap() {
        var env = render("", external(Map.of("KEY", "config-map"), "KEY"));

        assertThat(env)
                .filteredOn(variable -> variable.getName().equals("KEY"))
                .singleElement()
                .satisfies(variable -> {
                    assertThat(variable.getValue()).isNull();
                    assertThat(variable.getValueFrom().getSecretKeyRef().getName())
                            .isEqualTo("pod-env");
                });
    }

    @Test
    void nobodyOverridesWhatTheOperatorSets() {
        var env = render(
                "env: [{name: kubernetes_scope_label, value: mine}, {name: SCOPE, value: mine}]\n", external(Map.of()));

        assertThat(value(env, "SCOPE")).isEqualTo("acid-test");
        assertThat(env).extracting(EnvVar::getName).doesNotContain("kubernetes_scope_label");
    }

    @Test
    void everyVariableIsThereOnce() {
        var env = render(
                """
                env: [{name: CLONE_METHOD, value: mine}, {name: STANDBY_HOST, value: mine}]
                clone: {cluster: other, timestamp: "2026-03-01T12:00:00+00:00"}
                standby: {standby_host: theirs}
                """,
                external(Map.of("CLONE_METHOD", "x", "STANDBY_HOST", "x")));

        assertThat(env).extracting(EnvVar::getName).doesNotHaveDuplicates();
        assertThat(value(env, "CLONE_METHOD")).isEqualTo("mine");
    }

    @Test
    void theArchiveOfAnotherClusterOfTheSameNameIsNotWrittenTo() {
        assertThat(value(render("", external(Map.of())), "WAL_BUCKET_SCOPE_SUFFIX"))
                .isEqualTo("/uid-1");
    }

    @Test
    void anEnvironmentThatCouldNotBeReadLeavesTheStatefulSetAlone() {
        var model = ClusterModel.accept(ClusterManifests.with(""), SETTINGS);

        var desired = DesiredObjects.render(model, ExternalInputs.waitingFor(List.of("Secret pod-env")));

        assertThat(desired.objects()).isNotEmpty().noneMatch(StatefulSet.class::isInstance);
        assertThat(desired.unwanted()).isEmpty();
    }

    private static List<EnvVar> render(String fields, PodEnvironment external) {
        return SpiloEnvironment.render(ClusterModel.accept(ClusterManifests.with(fields), SETTINGS), external);
    }

    private static PodEnvironment external(Map<String, String> configMap, String... secretKeys) {
        return new PodEnvironment(new TreeSet<>(List.of(secretKeys)), new TreeMap<>(configMap));
    }

    private static String value(List<EnvVar> env, String name) {
        return env.stream()
                .filter(variable -> variable.getName().equals(name))
                .map(EnvVar::getValue)
                .findFirst()
                .orElseThrow();
    }
}
