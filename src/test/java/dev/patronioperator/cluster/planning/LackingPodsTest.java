package dev.patronioperator.cluster.planning;

import org.junit.jupiter.api.Test;

import dev.patronioperator.plan.PlanText;

import static org.assertj.core.api.Assertions.assertThat;

/** Pods that could not start are not made in the place of such that run. */
class LackingPodsTest {

    @Test
    void theRolloutWaitsUntilNewPodsCanStartAndSaysForWhat() {
        var cluster = new SimulatedCluster(2).settle();

        cluster.wants(2, "spilo:2").lacking("Secret orders-tls").turns(10);

        assertThat(cluster.world.effects()).endsWith("apply StatefulSet orders").noneMatch(e -> e.startsWith("delete"));
        assertThat(PlanText.text(cluster.plan()))
                .startsWith("nothing to do")
                .contains("deferred: Recreate Pod orders-0, until Secret orders-tls is there")
                .contains("deferred: Recreate Pod orders-1, until Secret orders-tls is there")
                .doesNotContain("Switchover");
        assertThat(cluster.world.leader()).contains("orders-0");
    }

    @Test
    void itGoesOnWhenAllIsThere() {
        var cluster = new SimulatedCluster(2).settle();
        cluster.wants(2, "spilo:2").lacking("Secret orders-tls").turns(10);

        cluster.lacking().settle();

        assertThat(cluster.world.pods()).allSatisfy(pod -> assertThat(
                        pod.getSpec().getContainers().getFirst().getImage())
                .isEqualTo("spilo:2"));
        assertThat(cluster.world.violations()).isEmpty();
    }

    @Test
    void whatDoesNotMakePodsAnewDoesNotWait() {
        var cluster = new SimulatedCluster(2).settle();

        cluster.lacking("Secret orders-tls").wants(3, "spilo:1").settle();

        assertThat(cluster.world.pods()).hasSize(3);
    }
}
