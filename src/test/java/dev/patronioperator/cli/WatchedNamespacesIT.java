package dev.patronioperator.cli;

import java.time.Duration;
import java.util.List;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.testkit.ApiServer;
import dev.patronioperator.testkit.AuditLog;
import dev.patronioperator.testkit.ClusterUnderTest;
import dev.patronioperator.testkit.Manifests;
import dev.patronioperator.testkit.OperatorUnderTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An operator that is told where to look looks nowhere else, not even for a moment: it may have no right to. */
@Tag("apiserver")
class WatchedNamespacesIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    @Test
    void nothingIsListedOrWatchedOutsideOfTheNamespace() {
        var requests = kubernetes.auditLog();

        assertLooksOnlyAt(
                kubernetes.namespace(), requests, kubernetes.operator().start());
    }

    /** Its Deployment starts it again. Nobody else could have stopped what it was doing without losing sight of it. */
    @Test
    void whoIsToldToLookElsewhereEndsAndLooksThereFromThenOn() {
        kubernetes.clusters().play();
        kubernetes
                .client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(other())
                        .endMetadata()
                        .build())
                .create();
        var requests = kubernetes.auditLog();
        var first = inConfiguration("").start();
        assertLooksOnlyAt(kubernetes.namespace(), requests, first);
        var clusters = List.of(cluster(kubernetes.namespace()), cluster(other()));
        clusters.forEach(cluster -> cluster.apply(Manifests.sample("minimal.yaml")));

        var both = inConfiguration(kubernetes.namespace() + ", " + other());
        both.configure();

        await("the process ends").atMost(PATIENCE).until(() -> !first.isAlive());
        assertThat(first.log()).contains("watched_namespace is `" + kubernetes.namespace() + ", " + other() + "`");
        both.start();
        clusters.forEach(ClusterUnderTest::awaitReady);

        clusters.forEach(ClusterUnderTest::delete);
        clusters.forEach(cluster -> cluster.await("its deletion is finished")
                .until(() -> cluster.read().isEmpty()));
        kubernetes.client().namespaces().withName(other()).delete();
    }

    private OperatorUnderTest.Builder inConfiguration(String namespaces) {
        return kubernetes.operator().withEnvironment("WATCHED_NAMESPACE", "").with("watched_namespace", namespaces);
    }

    private void assertLooksOnlyAt(String namespace, AuditLog requests, OperatorUnderTest operator) {
        requests.awaitQuiet(operator.user(), Duration.ofSeconds(1), PATIENCE);
        assertThat(requests.requestsOf(operator.user()))
                .filteredOn(request -> request.verb().equals("list") || request.isWatch())
                // They are in no namespace, and watched one by one: those that the clusters' primaries run on.
                .filteredOn(request -> !request.uri().startsWith("/api/v1/nodes?fieldSelector=metadata.name"))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.uri()).contains("/namespaces/" + namespace + "/"));
    }

    private ClusterUnderTest cluster(String namespace) {
        return new ClusterUnderTest(kubernetes.client(), namespace, "acid-here", PATIENCE);
    }

    private String other() {
        return kubernetes.namespace() + "-other";
    }
}
