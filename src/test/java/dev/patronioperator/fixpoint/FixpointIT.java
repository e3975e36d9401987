package dev.patronioperator.fixpoint;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.testkit.ApiServer;
import dev.patronioperator.testkit.ManifestParts;
import dev.patronioperator.testkit.OperatorUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link FixpointTest} on a real API server, with the packaged operator: what has been carried out once is not written again, whatever the
 * manifest says.
 */
@Tag("apiserver")
class FixpointIT {

    private static final Duration PATIENCE = Duration.ofMinutes(6);
    /** Each is about ten objects. */
    private static final int RANDOM = Integer.getInteger("fixpoint.random", 500);

    private static final Duration QUIET = Duration.ofSeconds(8);

    /** Few, as one thread plays them all. */
    private static final Set<String> WITH_PODS = Set.of(
            "acid-instances-1",
            "acid-sidecars-0",
            "acid-initcontainers-0",
            "acid-env-0",
            "acid-resources-0",
            "acid-tolerations-0",
            "acid-volume-1",
            "acid-probe-1");

    private static final ManifestParts PARTS = new ManifestParts();

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    /** Every field alone, and random manifests, most without pods. */
    @Test
    void aSecondLookWritesNothing() {
        kubernetes.cluster().play();
        var operator = start();
        create(parts());
        create(random());
        settle(operator);

        assertSecondLookIsFree(operator);
    }

    /** The webhook rewrites images to a mirror and adds annotations, tolerations and a sidecar. */
    @Test
    void aSecondLookWritesNothingWhereAWebhookRewritesEverything() {
        kubernetes.webhook(Others::mesh);
        kubernetes.cluster().play();
        var operator = start();
        create(parts());
        settle(operator);
        var pods = pods();

        assertThat(pods.values()).isNotEmpty().allSatisfy(pod -> assertThat(
                        pod.getSpec().getContainers())
                .anyMatch(container -> container.getName().equals("mesh-proxy"))
                .allMatch(container -> container.getImage().startsWith("mirror.example.com/")));
        assertSecondLookIsFree(operator);
        assertThat(uids(pods())).as("no pod was made anew").isEqualTo(uids(pods));
    }

    private static Stream<Postgresql> random() {
        return LongStream.range(0, RANDOM).mapToObj(seed -> stopped(PARTS.random(seed)));
    }

    /** Every part alone; those that shape pods in ways of their own have some. */
    private static Stream<Postgresql> parts() {
        return PARTS.eachAlone().stream()
                .map(manifest -> WITH_PODS.contains(manifest.getMetadata().getName()) ? manifest : stopped(manifest));
    }

    @AfterEach
    void secretsInOtherNamespacesGo() {
        kubernetes
                .client()
                .secrets()
                .inNamespace("default")
                .withLabel("application", "spilo")
                .delete();
    }

    private OperatorUnderTest start() {
        return kubernetes
                .operator()
                .with("enable_cross_namespace_secret", "true")
                .withHeap("512m")
                .start();
    }

    private void assertSecondLookIsFree(OperatorUnderTest operator) {
        operator.close();
        var requests = kubernetes.auditLog();

        var second = start();

        requests.awaitQuiet(second.user(), QUIET, PATIENCE);
        assertThat(requests.workOf(second.user())).noneMatch(request -> request.isWrite());
    }

    private void create(Stream<Postgresql> manifests) {
        manifests.forEach(manifest -> {
            manifest.getMetadata().setNamespace(kubernetes.namespace());
            kubernetes.client().resource(manifest).fieldManager("owner").serverSideApply();
        });
    }

    /** No pods, so that many fit. */
    private static Postgresql stopped(Postgresql manifest) {
        return ManifestParts.with(manifest, "numberOfInstances", 0);
    }

    private void settle(OperatorUnderTest operator) {
        Awaitility.await("all clusters are as their manifests say")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(unsettled()).isEmpty());
        kubernetes.auditLog().awaitQuiet(operator.user(), QUIET, PATIENCE);
    }

    /** What clusters say that are not as they should be. */
    private Map<String, String> unsettled() {
        var said = new TreeMap<String, String>();
        for (var cluster : clusters()) {
            var status = cluster.getStatus();
            boolean lookedAt =
                    status != null && cluster.getMetadata().getGeneration().equals(status.observedGeneration());
            if (!lookedAt || !"Running".equals(status.postgresClusterStatus())) {
                said.put(
                        cluster.getMetadata().getName(),
                        lookedAt
                                ? status.conditions().stream()
                                        .map(Condition::getMessage)
                                        .toList()
                                        .toString()
                                : "not looked at yet");
            }
        }
        return said;
    }

    private List<Postgresql> clusters() {
        return kubernetes
                .client()
                .resources(Postgresql.class)
                .inNamespace(kubernetes.namespace())
                .list()
                .getItems();
    }

    private Map<String, Pod> pods() {
        var pods = new TreeMap<String, Pod>();
        kubernetes.client().pods().inNamespace(kubernetes.namespace()).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getLabels().containsKey("statefulset.kubernetes.io/pod-name"))
                .forEach(pod -> pods.put(pod.getMetadata().getName(), pod));
        return pods;
    }

    private static List<String> uids(Map<String, Pod> pods) {
        return pods.values().stream().map(pod -> pod.getMetadata().getUid()).toList();
    }
}
