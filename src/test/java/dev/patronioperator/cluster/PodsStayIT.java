package dev.patronioperator.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.testkit.ApiServer;
import dev.patronioperator.testkit.ClusterUnderTest;
import dev.patronioperator.testkit.Manifests;
import dev.patronioperator.testkit.OperatorUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Changes that no pod is made anew for, on a real API server. About half a minute. */
@Tag("apiserver")
class PodsStayIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofSeconds(5);

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    private OperatorUnderTest operator;
    private ClusterUnderTest cluster;

    @BeforeEach
    void startOperator() {
        kubernetes.cluster().play();
        operator = kubernetes
                .operator()
                .with("inherited_labels", "environment")
                .with("enable_lazy_spilo_upgrade", "true")
                .start();
        cluster = new ClusterUnderTest(kubernetes.client(), kubernetes.namespace(), "acid-stays", PATIENCE);
        cluster.apply(Manifests.sample("minimal.yaml"));
        cluster.awaitReady();
    }

    @Test
    void labelsAnnotationsAndLazyImagesReachPodsWithoutRestart() {
        patch(
                "{\"spec\":{\"podAnnotations\":{\"old\":\"1\",\"stays\":\"2\"}},\"metadata\":{\"labels\":{\"environment\":\"demo\"}}}");
        cluster.await("the pods have the new annotations and the label")
                .untilAsserted(() -> assertThat(cluster.pods()).hasSize(2).allSatisfy(pod -> {
                    assertThat(pod.getMetadata().getAnnotations())
                            .containsEntry("old", "1")
                            .containsEntry("stays", "2");
                    assertThat(pod.getMetadata().getLabels()).containsEntry("environment", "demo");
                }));
        var pods = uids();
        patch("{\"spec\":{\"podAnnotations\":{\"old\":null},\"dockerImage\":\"spilo:other\"}}");
        cluster.await("the pods have lost the annotation, and the image is left for later")
                .untilAsserted(() -> {
                    assertThat(cluster.pods()).hasSize(2).allSatisfy(pod -> assertThat(
                                    pod.getMetadata().getAnnotations())
                            .doesNotContainKey("old")
                            .containsEntry("stays", "2"));
                    assertThat(cluster.read().orElseThrow().getStatus().plan().deferred())
                            .hasSize(2)
                            .allMatch(line -> line.contains("spilo:other"));
                });

        assertThat(uids()).as("no pod was made anew").isEqualTo(pods);
        var requests = kubernetes.auditLog();
        requests.awaitQuiet(operator.user(), QUIET, PATIENCE);
        assertThat(kubernetes
                        .client()
                        .apps()
                        .statefulSets()
                        .inNamespace(kubernetes.namespace())
                        .withName("acid-stays")
                        .get()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getImage())
                .isEqualTo("spilo:other");
    }

    private void patch(String change) {
        kubernetes
                .client()
                .resources(Postgresql.class)
                .inNamespace(kubernetes.namespace())
                .withName("acid-stays")
                .patch(PatchContext.of(PatchType.JSON_MERGE), change);
    }

    private Map<String, String> uids() {
        var uids = new TreeMap<String, String>();
        for (Pod pod : cluster.pods()) {
            uids.put(pod.getMetadata().getName(), pod.getMetadata().getUid());
        }
        return uids;
    }
}
