package dev.patronioperator.cluster;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.testkit.ApiServer;
import dev.patronioperator.testkit.ClusterUnderTest;
import dev.patronioperator.testkit.Manifests;
import dev.patronioperator.testkit.PodTrouble;

import static org.assertj.core.api.Assertions.assertThat;

/** One stuck cluster never delays another (promise 4). Counted in requests, not in time: while others are edited, the stuck ones ask for nothing. */
@Tag("apiserver")
class StuckClustersIT {

    private static final int STUCK = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofSeconds(5);

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    @Test
    void editsOfOthersArriveAndTheStuckOnesTakeNoPart() {
        var stuck = clusters("acid-stuck-", STUCK);
        var healthy = clusters("acid-well-", 2);
        var played = kubernetes.cluster();
        stuck.forEach(cluster -> played.trouble(cluster.name() + "-0", PodTrouble.UNSCHEDULABLE)
                .trouble(cluster.name() + "-1", PodTrouble.UNSCHEDULABLE));
        played.play();
        var operator = kubernetes.operator().start();
        Stream.concat(stuck.stream(), healthy.stream()).forEach(cluster -> cluster.apply(manifest()));
        healthy.forEach(ClusterUnderTest::awaitReady);
        stuck.forEach(cluster -> cluster.await(cluster.name() + " is known to be stuck")
                .until(() -> cluster.condition("Ready")
                        .filter(ready -> ready.getStatus().equals("False"))
                        .isPresent()));
        kubernetes.auditLog().awaitQuiet(operator.user(), QUIET, PATIENCE);
        var requests = kubernetes.auditLog();

        healthy.forEach(cluster -> kubernetes
                .client()
                .resources(Postgresql.class)
                .inNamespace(kubernetes.namespace())
                .withName(cluster.name())
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"numberOfInstances\":3}}"));

        healthy.forEach(ClusterUnderTest::awaitReady);
        assertThat(requests.workOf(operator.user())).isNotEmpty().noneSatisfy(request -> assertThat(request.uri())
                .contains("acid-stuck-"));
    }

    private List<ClusterUnderTest> clusters(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(number ->
                        new ClusterUnderTest(kubernetes.client(), kubernetes.namespace(), prefix + number, PATIENCE))
                .toList();
    }

    private static Postgresql manifest() {
        return Manifests.sample("minimal.yaml");
    }
}
