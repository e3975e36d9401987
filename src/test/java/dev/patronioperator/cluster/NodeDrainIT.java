package dev.patronioperator.cluster;

import java.time.Duration;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.testkit.ApiServer;
import dev.patronioperator.testkit.ClusterUnderTest;
import dev.patronioperator.testkit.Manifests;
import dev.patronioperator.testkit.NewestVersion;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code kubectl cordon}, the first thing that {@code kubectl drain} does: the primary leaves within seconds, and no pod is touched. */
@Tag("apiserver")
class NodeDrainIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    /** All tests of the API server share its nodes. */
    @AfterEach
    void uncordonAll() {
        kubernetes
                .client()
                .nodes()
                .list()
                .getItems()
                .forEach(node -> cordon(node.getMetadata().getName(), false));
    }

    @Test
    void thePrimaryLeavesACordonedNodeAndNothingElseIsDone() {
        kubernetes.cluster().play();
        var operator = kubernetes.operator().start();
        var cluster = new ClusterUnderTest(kubernetes.client(), kubernetes.namespace(), "acid-drained", PATIENCE);
        cluster.apply(Manifests.sample("minimal.yaml"));
        cluster.awaitReady();
        var pods =
                cluster.pods().stream().map(pod -> pod.getMetadata().getUid()).toList();
        var before = cluster.primary().orElseThrow();
        var requests = kubernetes.auditLog();

        cordon(nodeOf(cluster, before), true);

        cluster.await("another primary on another node").untilAsserted(() -> assertThat(cluster.primary())
                .hasValueSatisfying(now -> assertThat(nodeOf(cluster, now)).isNotEqualTo(nodeOf(cluster, before))));
        cluster.awaitReady();
        assertThat(cluster.pods()).extracting(pod -> pod.getMetadata().getUid()).containsExactlyElementsOf(pods);
        requests.awaitQuiet(operator.user(), Duration.ofSeconds(3), PATIENCE);
        assertThat(kubernetes
                        .client()
                        .v1()
                        .events()
                        .inNamespace(kubernetes.namespace())
                        .list()
                        .getItems())
                .as("an event tells why")
                .anySatisfy(event -> assertThat(event.getMessage()).contains("is cordoned"));
    }

    private static String nodeOf(ClusterUnderTest cluster, String pod) {
        return cluster.pods().stream()
                .filter(each -> each.getMetadata().getName().equals(pod))
                .map(each -> each.getSpec().getNodeName())
                .findFirst()
                .orElseThrow();
    }

    private void cordon(String node, boolean cordoned) {
        NewestVersion.edit(kubernetes.client().nodes().withName(node), now -> new NodeBuilder(now)
                .editSpec()
                .withUnschedulable(cordoned)
                .endSpec()
                .build());
    }
}
