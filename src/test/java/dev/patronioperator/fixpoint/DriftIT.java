package dev.patronioperator.fixpoint;

import java.time.Duration;
import java.util.List;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.testkit.ApiServer;
import dev.patronioperator.testkit.ClusterUnderTest;
import dev.patronioperator.testkit.Manifests;

import static org.assertj.core.api.Assertions.assertThat;

/** {@link DriftTest} on a real API server, for a sample: what is believed of {@code managedFields} and of applying is true. */
@Tag("apiserver")
class DriftIT {

    private static final String SOMEBODY = "somebody";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration SETTLED = Duration.ofSeconds(3);

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    /**
     * One change by somebody else.
     *
     * @param kind of the object, which has the name of the cluster with this ending
     * @param patch as JSON patch
     * @param field that the plan names
     */
    private record Change(String kind, String ending, String patch, String field) {}

    private static final String CONTAINER = "/spec/template/spec/containers/0";

    /** Three of the pod template: who changes it a fourth time is told that it flaps, which is another test. */
    private static final List<Change> CHANGES = List.of(
            new Change("StatefulSet", "", replace(CONTAINER + "/image", "\"evil\""), "containers[postgres].image"),
            new Change(
                    "StatefulSet",
                    "",
                    replace("/spec/updateStrategy", "{\"type\":\"RollingUpdate\"}"),
                    "updateStrategy.type"),
            new Change("StatefulSet", "", remove(CONTAINER + "/env/1"), "env[PGROOT]"),
            new Change(
                    "StatefulSet",
                    "",
                    replace(
                            CONTAINER + "/env/0",
                            "{\"name\":\"SCOPE\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"metadata.name\"}}}"),
                    "env[SCOPE].valueFrom"),
            new Change("StatefulSet", "", remove("/metadata/labels/team"), "metadata.labels.team"),
            new Change("Service", "-repl", add("/spec/selector/evil", "\"yes\""), "spec.selector.evil"),
            new Change("Service", "-repl", replace("/spec/ports/0/port", "5433"), "spec.ports[5433]"),
            new Change("Service", "-repl", replace("/spec/ports/0/targetPort", "5433"), "targetPort"),
            new Change("Service", "-repl", replace("/metadata/labels/team", "\"evil\""), "metadata.labels.team"),
            new Change(
                    "PodDisruptionBudget",
                    "postgres-%s-pdb",
                    add("/spec/selector/matchLabels/evil", "\"yes\""),
                    "matchLabels.evil"),
            new Change(
                    "PodDisruptionBudget",
                    "postgres-%s-pdb",
                    "[{\"op\":\"remove\",\"path\":\"/spec/minAvailable\"},{\"op\":\"add\",\"path\":\"/spec/maxUnavailable\",\"value\":1}]",
                    "spec.maxUnavailable"),
            new Change(
                    "PodDisruptionBudget", "postgres-%s-pdb", replace("/spec/minAvailable", "0"), "spec.minAvailable"));

    @Test
    void whatSomebodyChangedIsMendedAndTold() {
        kubernetes.cluster().play();
        var operator = kubernetes.operator().start();
        var cluster = cluster("acid-drift");
        cluster.apply(Manifests.sample("minimal.yaml"));
        cluster.awaitReady();
        kubernetes.auditLog().awaitQuiet(operator.user(), SETTLED, PATIENCE);
        var pods = uids(cluster);

        for (var change : CHANGES) {
            var before = content(change, cluster);
            patch(change, cluster);

            cluster.await(change.field() + " of " + change.kind() + " is as it was")
                    .untilAsserted(() -> assertThat(content(change, cluster)).isEqualTo(before));
            assertThat(told(cluster))
                    .as("the plan names field and source")
                    .anyMatch(note -> note.contains(change.field()) && note.contains("(drift"));
        }

        kubernetes.auditLog().awaitQuiet(operator.user(), SETTLED, PATIENCE);
        assertThat(uids(cluster)).as("no pod was made anew").isEqualTo(pods);
        assertThat(told(cluster)).anyMatch(note -> note.contains("written by " + SOMEBODY));
    }

    @Test
    void aFieldThatFlapsIsToldAndLeftAlone() {
        kubernetes.cluster().play();
        var operator = kubernetes.operator().start();
        var cluster = cluster("acid-flapping");
        cluster.apply(Manifests.sample("minimal.yaml"));
        cluster.awaitReady();
        kubernetes.auditLog().awaitQuiet(operator.user(), SETTLED, PATIENCE);
        var pods = uids(cluster);
        var evil = CHANGES.getFirst();

        cluster.await("the operator gives in").untilAsserted(() -> {
            patch(evil, cluster);
            assertThat(degraded(cluster)).isEqualTo("FlappingField");
        });

        assertThat(cluster.condition("Degraded").map(Condition::getMessage))
                .hasValueSatisfying(message ->
                        assertThat(message).contains("containers[postgres].image: evil -> ", "written by " + SOMEBODY));
        operator.close();
        var requests = kubernetes.auditLog();
        var second = kubernetes.operator().start();
        requests.awaitQuiet(second.user(), SETTLED, PATIENCE);
        assertThat(requests.workOf(second.user()))
                .as("a successor knows it too")
                .noneMatch(request -> request.isWrite());
        assertThat(degraded(cluster)).isEqualTo("FlappingField");
        assertThat(uids(cluster)).as("no pod was made anew").isEqualTo(pods);
    }

    private static String degraded(ClusterUnderTest cluster) {
        return cluster.condition("Degraded").map(Condition::getReason).orElse("");
    }

    private void patch(Change change, ClusterUnderTest cluster) {
        var object = object(change, cluster);
        kubernetes
                .client()
                .resource(object)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON)
                                .withFieldManager(SOMEBODY)
                                .build(),
                        change.patch());
    }

    /** Everything but what the API server counts and the controllers report. */
    private String content(Change change, ClusterUnderTest cluster) {
        var object = object(change, cluster);
        object.getMetadata().setManagedFields(List.of());
        object.getMetadata().setResourceVersion(null);
        object.getMetadata().setGeneration(null);
        var tree = kubernetes.client().getKubernetesSerialization().convertValue(object, java.util.TreeMap.class);
        tree.remove("status");
        return tree.toString();
    }

    private HasMetadata object(Change change, ClusterUnderTest cluster) {
        var client = kubernetes.client();
        var name = change.ending().contains("%s")
                ? change.ending().formatted(cluster.name())
                : cluster.name() + change.ending();
        return switch (change.kind()) {
            case "StatefulSet" ->
                client.apps()
                        .statefulSets()
                        .inNamespace(kubernetes.namespace())
                        .withName(name)
                        .get();
            case "Service" ->
                client.services()
                        .inNamespace(kubernetes.namespace())
                        .withName(name)
                        .get();
            default ->
                client.policy()
                        .v1()
                        .podDisruptionBudget()
                        .inNamespace(kubernetes.namespace())
                        .withName(name)
                        .get();
        };
    }

    private List<String> told(ClusterUnderTest cluster) {
        return kubernetes.client().events().v1().events().inNamespace(kubernetes.namespace()).list().getItems().stream()
                .filter(event -> cluster.name().equals(event.getRegarding().getName()))
                .map(Event::getNote)
                .toList();
    }

    private static List<String> uids(ClusterUnderTest cluster) {
        return cluster.pods().stream()
                .map(pod -> pod.getMetadata().getUid())
                .sorted()
                .toList();
    }

    private ClusterUnderTest cluster(String name) {
        return new ClusterUnderTest(kubernetes.client(), kubernetes.namespace(), name, PATIENCE);
    }

    private static String replace(String path, String value) {
        return operation("replace", path, ",\"value\":" + value);
    }

    private static String add(String path, String value) {
        return operation("add", path, ",\"value\":" + value);
    }

    private static String remove(String path) {
        return operation("remove", path, "");
    }

    private static String operation(String operation, String path, String value) {
        return "[{\"op\":\"" + operation + "\",\"path\":\"" + path + "\"" + value + "}]";
    }
}
