package dev.patronioperator.bench;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.cluster.desired.DesiredObjects;
import dev.patronioperator.cluster.desired.DynamicConfigPatch;
import dev.patronioperator.cluster.desired.ExternalInputs;
import dev.patronioperator.cluster.desired.SecretTemplate;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.observe.ClusterObserver;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.planning.ClusterPlanner;
import dev.patronioperator.cluster.planning.RolloutRules;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.patroni.json.PatroniAnnotations;
import dev.patronioperator.patroni.json.PatroniJson;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.postgres.parameters.ParameterCatalogue;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.decoding.ResourceDecoder;
import dev.patronioperator.testkit.golden.GoldenCases;

/** A golden case as the operator finds it when nothing is to be done: its manifest, its objects with their managed fields, its running pods. */
final class BenchmarkedCluster {

    static final ObjectMapper JSON = new ObjectMapper();
    static final ObjectTrees TREES = new ObjectTrees(JSON);
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
    private static final String REVISION = "revision-1";
    private static final String MEMBER =
            "{\"state\":\"running\",\"role\":\"%s\",\"version\":\"4.0.7\",\"xlog_location\":83886080,\"timeline\":1}";

    final Postgresql manifest;
    final Settings settings;
    final ClusterObserver observer =
            new ClusterObserver(new PatroniAnnotations(new PatroniJson(JSON)), Clock.systemUTC());

    private BenchmarkedCluster(Postgresql manifest, Settings settings) {
        this.manifest = manifest;
        this.settings = settings;
    }

    /** @param name of a file in {@code src/test/resources/golden} */
    @SuppressWarnings("unchecked") // a JSON object is a map with texts for keys
    static BenchmarkedCluster ofCase(String name) {
        var state = GoldenCases.all().stream()
                .filter(golden -> golden.name().equals(name))
                .findFirst()
                .orElseThrow()
                .first();
        var manifest = SERIALIZATION.convertValue(state.manifests().getFirst(), Postgresql.class);
        manifest.getMetadata().setUid("e8b9d9a2-55c0-4a3c-8c1f-6d2f6a3b9f10");
        Map<String, ?> configuration = SERIALIZATION.convertValue(state.configuration(), Map.class);
        return new BenchmarkedCluster(
                manifest,
                new ResourceDecoder(SERIALIZATION::convertValue)
                        .decode(configuration)
                        .settings());
    }

    ClusterModel model() {
        return ClusterModel.accept(manifest, settings);
    }

    DesiredObjects desired() {
        return DesiredObjects.render(model(), ExternalInputs.NONE);
    }

    ClusterPlanner.Wanted wanted(DesiredObjects desired) {
        return new ClusterPlanner.Wanted(
                desired,
                DynamicConfigPatch.of(model(), List.of()),
                ParameterCatalogue.of(model().server().version()),
                RolloutRules.of(settings));
    }

    /** The objects as the API server returns them, and the pods that the StatefulSet controller makes of them. */
    List<HasMetadata> stored(DesiredObjects desired) {
        var stored = new ArrayList<HasMetadata>();
        desired.objects().stream().map(BenchmarkedCluster::stored).forEach(stored::add);
        desired.secrets().stream()
                .map(SecretTemplate::secret)
                .map(BenchmarkedCluster::stored)
                .forEach(stored::add);
        stored.stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .findFirst()
                .ifPresent(set -> stored.addAll(pods(set)));
        return stored;
    }

    ObservedCluster observed(DesiredObjects desired) {
        var found = observer.observe(scope(desired), new StoredObjects(stored(desired)));
        return switch (found) {
            case Known.Value<ObservedCluster>(ObservedCluster observed) -> observed;
            case Known.Unknown<ObservedCluster>(String because) -> throw new AssertionError(because);
        };
    }

    ClusterObserver.Scope scope(DesiredObjects desired) {
        var metadata = manifest.getMetadata();
        var labels = ClusterModel.labels(manifest, settings);
        var beside = desired.objects().stream()
                .filter(object -> object.getMetadata().getLabels() == null
                        || !object.getMetadata()
                                .getLabels()
                                .entrySet()
                                .containsAll(labels.selector().entrySet()))
                .toList();
        return new ClusterObserver.Scope(metadata.getNamespace(), metadata.getName(), labels, beside);
    }

    static HasMetadata stored(HasMetadata desired) {
        var tree = JSON.convertValue(desired, ObjectNode.class);
        var metadata = (ObjectNode) tree.path("metadata");
        metadata.put("resourceVersion", "4711")
                .put("uid", "uid-of-" + ObjectRef.of(desired))
                .put("creationTimestamp", "2026-01-01T00:00:00Z");
        metadata.put("generation", 1);
        metadata.putArray("managedFields").add(ManagedFields.ofOurs(tree));
        if (desired instanceof StatefulSet) {
            tree.putObject("status").put("observedGeneration", 1).put("updateRevision", REVISION);
        }
        return JSON.convertValue(tree, desired.getClass());
    }

    private static List<Pod> pods(StatefulSet set) {
        var template = set.getSpec().getTemplate();
        var pods = new ArrayList<Pod>();
        for (int ordinal = 0; ordinal < set.getSpec().getReplicas(); ordinal++) {
            pods.add(new PodBuilder()
                    .withNewMetadataLike(template.getMetadata())
                    .withNamespace(set.getMetadata().getNamespace())
                    .withName(set.getMetadata().getName() + "-" + ordinal)
                    .withUid("uid-of-pod-" + ordinal)
                    .addToLabels("spilo-role", ordinal == 0 ? "master" : "replica")
                    .addToLabels("controller-revision-hash", REVISION)
                    .addToAnnotations("status", MEMBER.formatted(ordinal == 0 ? "primary" : "replica"))
                    .endMetadata()
                    .withSpec(template.getSpec())
                    .withNewStatus()
                    .withPhase("Running")
                    .withPodIP("10.0.0." + (ordinal + 1))
                    .addNewCondition()
                    .withType("Ready")
                    .withStatus("True")
                    .endCondition()
                    .endStatus()
                    .build());
        }
        return pods;
    }
}
