package dev.patronioperator.golden;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.awaitility.Awaitility;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.testkit.golden.GoldenCase;

import static org.assertj.core.api.Assertions.assertThat;

/** Puts on the API server what the peer left there when it was stopped: its objects under its own field manager, its word in the status, and pods that run. */
final class PeerInstallation implements AutoCloseable {

    /** By this name the API server takes down who owns a field, as it does for the peer, which says nothing more of itself. */
    private static final String PEER = "postgres-operator/v2.0.1";

    /** What it puts on the resources if {@code enable_finalizers} is set, and waits for as long as it is there. */
    private static final String FINALIZER = "postgres-operator.acid.zalan.do";

    private static final List<String> API_VERSIONS = List.of(
            "StatefulSet apps/v1",
            "Deployment apps/v1",
            "PodDisruptionBudget policy/v1",
            "CronJob batch/v1",
            "RoleBinding rbac.authorization.k8s.io/v1",
            "FabricEventStream zalando.org/v1");

    private final KubernetesClient client;
    private final KubernetesClient asPeer;

    PeerInstallation(KubernetesClient client) {
        this.client = client;
        this.asPeer = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(client.getConfiguration())
                        .withUserAgent(PEER)
                        .build())
                .build();
    }

    @Override
    public void close() {
        asPeer.close();
    }

    /** Whether the peer ran it: what the API server refused or another operator looks after is nothing to take over. */
    static boolean isRunning(GoldenCase golden) {
        return golden.rejected().isEmpty() && !golden.first().expected().isEmpty();
    }

    /**
     * @param marks annotations of the clusters besides their own
     */
    void load(GoldenCase golden, Map<String, String> marks) {
        golden.namespaces().forEach(name -> client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .serverSideApply());
        golden.first().existing().forEach(object -> client.resource(resource(object))
                .fieldManager("owner")
                .forceConflicts()
                .serverSideApply());
        var clusters = golden.first().manifests().stream()
                .map(manifest -> create(client, marked(resource(manifest), marks)))
                .toList();
        golden.first().expected().forEach((key, object) -> createOfThePeer(key, object, clusters));
        golden.status().ifPresent(word -> clusters.forEach(cluster -> say(cluster, word)));
    }

    /** Until all pods run and have a leader: the peer is only stopped when nothing is going on. */
    void awaitRunning(List<GoldenCase> cases) {
        var namespaces =
                cases.stream().flatMap(golden -> golden.namespaces().stream()).toList();
        Awaitility.await("what the peer left runs")
                .atMost(Duration.ofMinutes(4))
                .untilAsserted(() -> assertThat(client.apps()
                                .statefulSets()
                                .inAnyNamespace()
                                .list()
                                .getItems())
                        .filteredOn(set -> namespaces.contains(set.getMetadata().getNamespace()))
                        .filteredOn(set -> set.getStatus() == null
                                || !Objects.equals(
                                        set.getSpec().getReplicas(),
                                        Optional.ofNullable(set.getStatus().getReadyReplicas())
                                                .orElse(0)))
                        .extracting(set -> set.getMetadata().getNamespace())
                        .isEmpty());
    }

    /** Of clusters that no operator looks after, so that nobody cleans up. */
    void remove(GoldenCase golden) {
        golden.namespaces().forEach(namespace -> {
            client.resources(Postgresql.class)
                    .inNamespace(namespace)
                    .list()
                    .getItems()
                    .forEach(cluster -> client.resource(cluster).edit(now -> {
                        now.getMetadata().setFinalizers(List.of());
                        return now;
                    }));
            client.namespaces().withName(namespace).delete();
        });
    }

    private void createOfThePeer(String key, JsonNode recorded, List<GenericKubernetesResource> clusters) {
        ObjectNode object = recorded.deepCopy();
        var kind = key.substring(0, key.indexOf(' '));
        var name = key.substring(key.indexOf('/') + 1).replace("<random>", "a1b2c");
        object.put("kind", kind);
        object.put(
                "apiVersion",
                API_VERSIONS.stream()
                        .filter(known -> known.startsWith(kind + " "))
                        .map(known -> known.substring(kind.length() + 1))
                        .findFirst()
                        .orElse("v1"));
        object.withObject("metadata")
                .put("name", name)
                .put("namespace", key.substring(kind.length() + 1, key.indexOf('/')));
        if (object.remove("data") instanceof ObjectNode data) {
            object.set(kind.equals("Secret") ? "stringData" : "data", data);
        }
        object.at("/spec/ports").forEach(port -> {
            if (port.path("nodePort").asText().equals("<nodePort>")) {
                ((ObjectNode) port).remove("nodePort");
            }
        });
        create(asPeer, resource(complete(object, clusters)));
    }

    /** With what no two runs have in common filled in. */
    private JsonNode complete(ObjectNode object, List<GenericKubernetesResource> clusters) {
        object.at("/metadata/ownerReferences").forEach(owner -> clusters.stream()
                .filter(cluster -> cluster.getMetadata()
                        .getName()
                        .equals(owner.path("name").asText()))
                .forEach(cluster ->
                        ((ObjectNode) owner).put("uid", cluster.getMetadata().getUid())));
        var text = client.getKubernetesSerialization()
                .asJson(object)
                .replace("<password>", "secret-of-the-peer")
                .replace("<time>", "2026-03-01T10:00:00Z")
                .replace("<uid>", clusters.getFirst().getMetadata().getUid());
        return client.getKubernetesSerialization().unmarshal(text, JsonNode.class);
    }

    private static GenericKubernetesResource marked(GenericKubernetesResource cluster, Map<String, String> marks) {
        return new GenericKubernetesResourceBuilder(cluster)
                .editMetadata()
                .addToAnnotations(marks)
                .addToFinalizers(FINALIZER)
                .endMetadata()
                .build();
    }

    private static GenericKubernetesResource create(KubernetesClient as, GenericKubernetesResource object) {
        try {
            return as.resource(object).create();
        } catch (KubernetesClientException refused) {
            if (refused.getCode() == 404 && object.getKind().equals("FabricEventStream")) {
                return object; // an installation that does not define it, whose peer made none
            }
            throw refused;
        }
    }

    private void say(GenericKubernetesResource cluster, String word) {
        asPeer.resource(cluster)
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\": {\"PostgresClusterStatus\": \"" + word + "\"}}");
    }

    private GenericKubernetesResource resource(JsonNode object) {
        return client.getKubernetesSerialization().convertValue(object, GenericKubernetesResource.class);
    }
}
