package dev.patronioperator.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.api.PostgresqlStatus;

/**
 * A cluster as its owner sees it: by its manifest, its status and its pods.
 *
 * @param patience how long a change may take before a test counts it as failed
 */
public record ClusterUnderTest(KubernetesClient client, String namespace, String name, Duration patience) {

    /** Applies a manifest with the name of this cluster. */
    public void apply(Postgresql manifest) {
        manifest.getMetadata().setName(name);
        manifest.getMetadata().setNamespace(namespace);
        client.resource(manifest).fieldManager("owner").forceConflicts().serverSideApply();
    }

    public void edit(UnaryOperator<Postgresql> change) {
        NewestVersion.edit(resource(), change);
    }

    /** The same on the tree of its spec: for fields that are more easily written than built. */
    public void editSpec(Consumer<ObjectNode> change) {
        var serialization = client.getKubernetesSerialization();
        edit(manifest -> {
            var tree = serialization.convertValue(manifest, ObjectNode.class);
            change.accept(tree.withObject("/spec"));
            return serialization.convertValue(tree, Postgresql.class);
        });
    }

    public void delete() {
        resource().delete();
    }

    public Optional<Postgresql> read() {
        return Optional.ofNullable(resource().get());
    }

    public Optional<Condition> condition(String type) {
        return read().map(Postgresql::getStatus)
                .map(PostgresqlStatus::conditions)
                .flatMap(all -> all.stream()
                        .filter(condition -> condition.getType().equals(type))
                        .findFirst());
    }

    /** Ready, and of the manifest as it is now, with as many members as it wants. */
    public void awaitReady() {
        await("cluster " + name + " is Ready")
                .until(() -> read().filter(this::isReady).isPresent());
    }

    public ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(patience).pollInterval(Duration.ofMillis(200));
    }

    public List<Pod> pods() {
        return client.pods()
                .inNamespace(namespace)
                .withLabel("cluster-name", name)
                .withLabel("application", "spilo")
                .list()
                .getItems();
    }

    /** The name of the pod that the cluster's primary Service leads to. */
    public Optional<String> primary() {
        return Optional.ofNullable(
                        client.endpoints().inNamespace(namespace).withName(name).get())
                .flatMap(endpoints -> endpoints.getSubsets().stream()
                        .flatMap(subset -> subset.getAddresses().stream())
                        .map(address -> address.getTargetRef().getName())
                        .findFirst());
    }

    private boolean isReady(Postgresql cluster) {
        var status = cluster.getStatus();
        return status != null
                && cluster.getMetadata().getGeneration().equals(status.observedGeneration())
                && condition("Ready")
                        .filter(ready -> ready.getStatus().equals("True"))
                        .isPresent()
                && pods().stream().filter(ClusterUnderTest::isReady).count()
                        == cluster.getSpec().numberOfInstances();
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    private Resource<Postgresql> resource() {
        return client.resources(Postgresql.class).inNamespace(namespace).withName(name);
    }
}
