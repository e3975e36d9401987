package dev.patronioperator.fixpoint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.PlanText;
import dev.patronioperator.settings.Effect;
import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.Source;
import dev.patronioperator.settings.codec.Parsed;
import dev.patronioperator.settings.parameters.Catalogue;
import dev.patronioperator.settings.parameters.GeneralParameters;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.parameters.Sample;

import static org.assertj.core.api.Assertions.assertThat;

/** What the catalogue says of a change is true: a parameter is changed, objects are rendered, and the plan costs what is said. */
class ConfigurationImpactTest {

    /** Little, so that much is left to the configuration; a pooler and a backup are there. */
    private static final String MANIFEST =
            """
            enableConnectionPooler: true
            enableLogicalBackup: true
            """;

    /** What has to stand in the manifest for a parameter to count. */
    private static final Map<String, String> FIELDS = Map.of(
            "node_readiness_label_merge",
            "nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: disk, "
                    + "operator: In, values: [ssd]}]}]}}",
            "set_memory_request_to_limit",
            "resources: {requests: {memory: 100Mi}, limits: {memory: 200Mi}}",
            "max_cpu_request",
            "resources: {requests: {cpu: 100m}}",
            "max_memory_request",
            "resources: {requests: {memory: 100Mi}, limits: {memory: 200Mi}}");

    /** Parameters that count only if others are set. */
    private static final Map<String, Map<String, String>> BESIDE = Map.of(
            "additional_secret_mount_path", Map.of("additional_secret_mount", "secret"),
            "additional_secret_mount", Map.of("additional_secret_mount_path", "/secret"),
            "pod_antiaffinity_preferred_during_scheduling", Map.of("enable_pod_antiaffinity", "true"),
            "pod_antiaffinity_topology_key", Map.of("enable_pod_antiaffinity", "true"),
            "node_readiness_label_merge", Map.of("node_readiness_label", "ready:true"),
            "minimal_major_version", Map.of("major_version_upgrade_mode", "full"),
            "target_major_version", Map.of("major_version_upgrade_mode", "full", "minimal_major_version", "18"),
            "major_version_upgrade_mode", Map.of("minimal_major_version", "18"));

    private static final Map<String, String> SCALYR =
            Map.of("scalyr_api_key", "key", "scalyr_image", "image", "scalyr_server_url", "https://example.org");

    /** Values that make a difference to this manifest. */
    private static final Map<String, String> VALUES = Map.of(
            "max_instances", "1",
            "max_cpu_request", "10m",
            "max_memory_request", "50Mi",
            "minimal_major_version", "18",
            "target_major_version", "17",
            "major_version_upgrade_mode", "full");

    /** They count by what stands in objects of others, or in a manifest's annotations. */
    private static final Set<String> BY_WHAT_OTHERS_SAY = Set.of(
            "downscaler_annotations",
            "enable_lazy_spilo_upgrade",
            "ignore_instance_limits_annotation_key",
            "ignore_resources_limits_annotation_key",
            "infrastructure_roles_secret_name",
            "infrastructure_roles_secrets",
            "inherited_labels",
            "irsa_role_arn",
            "pod_environment_configmap",
            "pod_environment_secret");

    /** What the planner does not do by itself: it upgrades in a maintenance window and refuses what endangers data. */
    private static final Set<Effect> NOT_OF_A_PLAN = Set.of(Effect.DANGER, Effect.MAJOR_UPGRADE);

    /** A cluster stays with the place where its state is; the pipeline does not even ask for another. */
    private static final Set<String> KEPT = Set.of("etcd_host", "kubernetes_use_configmaps");

    static Stream<Parameter<?>> parameters() {
        return Catalogue.parametersOf(Source.CONFIG_MAP);
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void aChangeCostsWhatTheCatalogueSays(Parameter<?> parameter) {
        var before = before(parameter);
        var after = with(before, parameter, VALUES.getOrDefault(parameter.key(), Sample.of(parameter)));
        var said = Impact.max(parameter.effects().stream()
                .filter(effect -> !NOT_OF_A_PLAN.contains(effect))
                .map(Effect::impact)
                .toList());

        var manifest = MANIFEST + FIELDS.getOrDefault(parameter.key(), "");
        var there = change(manifest, before, after);
        var changed = there.impact() == Impact.NONE ? change(manifest, after, before) : there;

        var text = PlanText.text(there.plan()) + PlanText.text(changed.plan());
        var costs = changed.impact();
        if (parameter.effects().contains(Effect.DANGER)) {
            assertThat(costs).as(text).isEqualTo(KEPT.contains(parameter.key()) ? Impact.RECREATE : Impact.FORBIDDEN);
        } else if (BY_WHAT_OTHERS_SAY.contains(parameter.key())) {
            assertThat(costs).as(text).isLessThanOrEqualTo(said);
        } else {
            assertThat(costs == Impact.SWITCHOVER ? Impact.RECREATE : costs)
                    .as(text)
                    .isEqualTo(said);
        }
    }

    @Test
    void inheritedLabelsReachRunningPodsInPlaceButForPoolers() {
        var after = Settings.defaults().with(KubernetesParameters.INHERITED_LABELS, List.of("environment"));

        assertThat(labelled("", Settings.defaults(), after)).isEqualTo(Impact.NONE);
        assertThat(labelled(MANIFEST, Settings.defaults(), after))
                .isEqualTo(KubernetesParameters.INHERITED_LABELS.impact());
        assertThat(KubernetesParameters.INHERITED_LABELS.effects()).doesNotContain(Effect.ROLLING_UPDATE);
    }

    private static Impact labelled(String fields, Settings before, Settings after) {
        var manifest = ClusterManifests.with(fields);
        manifest.getMetadata().setLabels(Map.of("environment", "test"));
        return new ChangedCluster(WrittenObjects.of(manifest, before), WrittenObjects.of(manifest, after)).impact();
    }

    /** These two are no texts. */
    @Test
    void sidecarsAndProbesArePartOfThePods() {
        var sidecar =
                new ContainerBuilder().withName("other").withImage("other").build();
        var probe = new ProbeBuilder().withPeriodSeconds(7).build();
        for (var after : List.of(
                Settings.defaults().with(GeneralParameters.SIDECARS, List.of(sidecar)),
                Settings.defaults().with(KubernetesParameters.LIVENESS_PROBE, Optional.of(probe)))) {
            assertThat(change(MANIFEST, Settings.defaults(), after).impact()).isEqualTo(Impact.RECREATE);
        }
        assertThat(List.of(GeneralParameters.SIDECARS.impact(), KubernetesParameters.LIVENESS_PROBE.impact()))
                .containsOnly(Impact.RECREATE);
    }

    private static Settings before(Parameter<?> parameter) {
        var beside = parameter.key().startsWith("scalyr_") ? SCALYR : BESIDE.getOrDefault(parameter.key(), Map.of());
        var settings = Settings.defaults();
        for (var other : beside.entrySet()) {
            settings = other.getKey().equals(parameter.key())
                    ? settings
                    : with(settings, named(other.getKey()), other.getValue());
        }
        return settings;
    }

    private static Parameter<?> named(String key) {
        return Catalogue.parameters()
                .filter(parameter -> parameter.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static ChangedCluster change(String manifest, Settings before, Settings after) {
        return new ChangedCluster(
                WrittenObjects.of(ClusterManifests.with(manifest), before),
                WrittenObjects.of(ClusterManifests.with(manifest), after));
    }

    private static <T> Settings with(Settings settings, Parameter<T> parameter, String text) {
        return switch (parameter.codec().fromText(text)) {
            case Parsed.Valid<T>(T value) -> settings.with(parameter, value);
            case Parsed.Invalid<T>(var reasons) -> throw new AssertionError(parameter + ": " + reasons);
        };
    }
}
