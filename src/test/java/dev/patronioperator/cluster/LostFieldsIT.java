package dev.patronioperator.cluster;

import java.time.Duration;
import java.util.List;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.testkit.ApiServer;
import dev.patronioperator.testkit.ClusterUnderTest;
import dev.patronioperator.testkit.Manifests;

import static org.assertj.core.api.Assertions.assertThat;

/** What leaves the manifest leaves the pods, on a real API server, whose revisions tell what pods were made from. */
@Tag("apiserver")
class LostFieldsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofSeconds(4);

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    @Test
    void aSidecarAndAVariableThatTheManifestLosesThePodsLoseToo() {
        kubernetes.cluster().play();
        var operator = kubernetes.operator().start();
        var cluster = new ClusterUnderTest(kubernetes.client(), kubernetes.namespace(), "acid-loses", PATIENCE);
        cluster.apply(Manifests.sampleWith(
                "minimal.yaml",
                "{numberOfInstances: 2, env: [{name: KEPT, value: '1'}, {name: GONE, value: '2'}], "
                        + "sidecars: [{name: exporter, image: 'exporter:1'}]}"));
        cluster.awaitReady();
        assertThat(cluster.pods()).hasSize(2).allSatisfy(pod -> assertThat(containers(pod))
                .containsExactly("postgres", "exporter"));

        cluster.editSpec(spec -> {
            spec.set("env", Manifests.tree("[{name: KEPT, value: '1'}]"));
            spec.putNull("sidecars");
        });

        cluster.await("all pods have lost both")
                .untilAsserted(() -> assertThat(cluster.pods()).hasSize(2).allSatisfy(pod -> {
                    assertThat(containers(pod)).containsExactly("postgres");
                    assertThat(variables(pod)).contains("KEPT").doesNotContain("GONE");
                }));
        cluster.awaitReady();
        var requests = kubernetes.auditLog();
        requests.awaitQuiet(operator.user(), QUIET, PATIENCE);
        assertThat(cluster.read().orElseThrow().getStatus().plan().summary()).isEqualTo("nothing to do");
    }

    private static List<String> containers(Pod pod) {
        return pod.getSpec().getContainers().stream().map(Container::getName).toList();
    }

    private static List<String> variables(Pod pod) {
        return pod.getSpec().getContainers().getFirst().getEnv().stream()
                .map(EnvVar::getName)
                .toList();
    }
}
