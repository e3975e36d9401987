package dev.patronioperator.cluster.planning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import org.junit.jupiter.api.Test;

import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.cluster.desired.DesiredObjects;
import dev.patronioperator.cluster.desired.ExternalInputs;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.observe.Dcs;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.patroni.json.PatroniAnnotations;
import dev.patronioperator.patroni.json.PatroniJson;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Step;
import dev.patronioperator.postgres.parameters.ParameterCatalogue;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.CloudParameters;
import dev.patronioperator.settings.parameters.KubernetesParameters;

import static org.assertj.core.api.Assertions.assertThat;

/** Objects that are not the cluster's alone: Patroni's own, and the account that all clusters of a namespace share. */
class ObjectsOfOthersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PatroniAnnotations PATRONI = new PatroniAnnotations(new PatroniJson(JSON));
    private static final Settings SETTINGS = Settings.defaults();

    @Test
    void whatPatroniMadeIsMarkedAndKeepsWhatPatroniWrote() {
        var settings = SETTINGS.with(KubernetesParameters.ENABLE_OWNER_REFERENCES, true)
                .with(KubernetesParameters.INHERITED_ANNOTATIONS, List.of("exempt"));

        var steps = applied(settings, dcs("acid-test-config"));

        assertThat(steps).singleElement().isInstanceOfSatisfying(ConfigMap.class, marked -> {
            assertThat(marked.getMetadata().getName()).isEqualTo("acid-test-config");
            assertThat(marked.getMetadata().getUid())
                    .as("an object that has gone does not come back")
                    .isEqualTo("uid-acid-test-config");
            assertThat(marked.getMetadata().getOwnerReferences()).hasSize(1);
            assertThat(marked.getMetadata().getAnnotations()).containsOnly(Map.entry("exempt", "true"));
            assertThat(marked.getData()).isNullOrEmpty();
        });
    }

    @Test
    void whatPatroniHasNotMadeIsNotMade() {
        var settings = SETTINGS.with(KubernetesParameters.ENABLE_OWNER_REFERENCES, true);

        assertThat(applied(settings)).isEmpty();
    }

    @Test
    void withoutMarksPatronisObjectsAreLeftAlone() {
        assertThat(applied(SETTINGS, dcs("acid-test-leader"))).isEmpty();
    }

    @Test
    void theSharedAccountGetsItsCloudRoleAndKeepsWhatPeopleMadeOfIt() {
        var account = new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace("ns")
                .withName("postgres-pod")
                .addToAnnotations("note", "ours")
                .endMetadata()
                .addNewImagePullSecret("registry")
                .build();

        assertThat(applied(SETTINGS, account)).as("nothing to lend").isEmpty();
        assertThat(applied(SETTINGS.with(CloudParameters.IRSA_ROLE_ARN, Optional.of("arn:aws:iam::1:role/r")), account))
                .singleElement()
                .satisfies(applied -> assertThat(applied.getMetadata().getAnnotations())
                        .containsOnly(Map.entry("eks.amazonaws.com/role-arn", "arn:aws:iam::1:role/r")));
    }

    /** What would be applied if everything else were as it should be. */
    private static List<HasMetadata> applied(Settings settings, HasMetadata... others) {
        var desired =
                DesiredObjects.render(ClusterModel.accept(ClusterManifests.with(""), settings), ExternalInputs.NONE);
        var there = new ArrayList<HasMetadata>(List.of(others));
        var names = there.stream().map(ObjectRef::of).toList();
        Stream.concat(
                        desired.objects().stream(),
                        desired.secrets().stream().<HasMetadata>map(secret -> secret.secret()))
                .filter(object -> !names.contains(ObjectRef.of(object)))
                .forEach(there::add);
        var observed = new ObservedCluster(
                there.stream().collect(Collectors.toMap(ObjectRef::of, Function.identity())),
                List.of(),
                List.of(),
                Known.unknown("not installed"),
                new Dcs(PATRONI.leader(Map.of()), PATRONI.config(Map.of()), PATRONI.sync(Map.of())),
                Instant.parse("2026-01-01T00:00:00Z"));
        var planner = new ClusterPlanner(new ObjectTrees(JSON));
        return planner
                .plan(
                        new ClusterPlanner.Wanted(desired, Map.of(), ParameterCatalogue.of("17"), RolloutRules.EAGER),
                        observed,
                        new Explanation(false, true, false))
                .steps()
                .stream()
                .map(PlannedStep::step)
                .filter(Step.Apply.class::isInstance)
                .map(step -> ((Step.Apply) step).desired())
                .toList();
    }

    private static ConfigMap dcs(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("ns")
                .withName(name)
                .withUid("uid-" + name)
                .addToAnnotations("leader", "acid-test-0")
                .endMetadata()
                .build();
    }
}
