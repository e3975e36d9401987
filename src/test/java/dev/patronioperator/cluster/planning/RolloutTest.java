package dev.patronioperator.cluster.planning;

import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodBuilder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.PlanText;

import static org.assertj.core.api.Assertions.assertThat;

class RolloutTest {

    private static List<String> disruptions(SimulatedCluster cluster) {
        return cluster.world.effects().stream()
                .filter(e -> e.startsWith("delete Pod") || e.startsWith("switchover"))
                .toList();
    }

    /** What it has not received yet would be lost when the primary stops, however little that is. */
    @Test
    void aReplicaThatDoesNotStreamDoesNotTakeOver() {
        var cluster = new SimulatedCluster(2).settle();
        cluster.world.cutOff("orders-1");
        cluster.wants(2, "spilo:2").turns(20);

        assertThat(cluster.world.leader()).contains("orders-0");
        assertThat(PlanText.text(cluster.plan()))
                .contains("orders-1 to be in service: it does not stream from the primary");

        cluster.world.reconnect("orders-1");
        cluster.settle();
        assertThat(cluster.world.leader()).contains("orders-1");
        assertThat(cluster.world.violations()).isEmpty();
    }

    @Test
    void aClusterThatWasMadeNeedsNothingMore() {
        var cluster = new SimulatedCluster(3).settle();

        assertThat(cluster.plan().steps()).isEmpty();
        assertThat(cluster.world.effects())
                .containsExactly("create Secret postgres.orders", "apply Service orders", "apply StatefulSet orders");
        assertThat(cluster.world.leader()).isPresent();
    }

    @Test
    void replicasComeFirstAndThePrimaryMovesBeforeItsPodGoes() {
        var cluster = new SimulatedCluster(3).settle();
        var primary = cluster.world.leader().orElseThrow();

        cluster.wants(3, "spilo:2").settle();

        assertThat(primary).isEqualTo("orders-0");
        assertThat(disruptions(cluster))
                .containsExactly(
                        "delete Pod orders-2",
                        "delete Pod orders-1",
                        "switchover orders-0 -> orders-1",
                        "delete Pod orders-0");
        assertThat(cluster.world.violations()).isEmpty();
    }

    @Test
    void theWholeRolloutIsAnnouncedBeforeItBegins() {
        var cluster = new SimulatedCluster(3).settle();

        var plan = cluster.wants(3, "spilo:2").plan();

        assertThat(plan.impact()).isEqualTo(Impact.SWITCHOVER);
        assertThat(PlanText.text(plan))
                .contains("Apply StatefulSet orders")
                .contains("Recreate Pod orders-2")
                .contains("Recreate Pod orders-1")
                .contains("Switchover orders-0 -> ")
                .contains("Recreate Pod orders-0")
                .contains("spec.containers[postgres].image: spilo:1 -> spilo:2");
    }

    @Test
    void whatTheTemplateHasLostThePodsLoseToo() {
        var cluster =
                new SimulatedCluster(2).wants(Map.of("KEPT", "1", "GONE", "2")).settle();

        var plan = cluster.wants(Map.of("KEPT", "1")).plan();

        assertThat(PlanText.text(plan))
                .contains("Recreate Pod orders-0")
                .contains("Recreate Pod orders-1")
                .contains("spec.containers[postgres].env[GONE]: {name=GONE, value=2} -> (none)");
        cluster.settle();
        assertThat(cluster.world.pods()).allSatisfy(pod -> assertThat(
                        pod.getSpec().getContainers().getFirst().getEnv())
                .extracting(EnvVar::getName)
                .containsExactly("KEPT"));
    }

    @Test
    void whatAWebhookHasAddedIsNotTakenForLost() {
        var cluster = new SimulatedCluster(2).wants(Map.of("KEPT", "1")).settle();
        cluster.world
                .pods()
                .forEach(pod -> cluster.world.replace(new PodBuilder(pod)
                        .editSpec()
                        .addNewContainer()
                        .withName("mesh-proxy")
                        .withImage("mesh:1")
                        .endContainer()
                        .editFirstContainer()
                        .addNewEnv()
                        .withName("MESH")
                        .withValue("1")
                        .endEnv()
                        .endContainer()
                        .endSpec()
                        .build()));

        cluster.inheritedLabels(Map.of("owner", "web"));

        assertThat(PlanText.text(cluster.plan()))
                .contains("Apply StatefulSet orders")
                .doesNotContain("Recreate");
        assertThat(disruptions(cluster.settle())).isEmpty();
    }

    @Test
    void onlyOnePodIsDownAtATime() {
        var cluster = new SimulatedCluster(3).settle();

        cluster.wants(3, "spilo:2").settle(turn -> assertThat(cluster.observe().instances().stream()
                        .filter(i -> !i.isUp())
                        .count())
                .isLessThanOrEqualTo(1));
    }

    @Test
    void aReplicaThatDoesNotComeBackStopsTheRollout() {
        var cluster = new SimulatedCluster(3).settle();
        cluster.wants(3, "spilo:broken");
        cluster.world.neverReady("orders-2");

        cluster.turns(20);

        assertThat(disruptions(cluster)).containsExactly("delete Pod orders-2");
        assertThat(cluster.reconcile().pending()).anyMatch(p -> p.waitingFor().contains("orders-2"));
        assertThat(cluster.world.leader()).contains("orders-0");
    }

    @Test
    void nobodyWhoLagsTakesOver() {
        var cluster = new SimulatedCluster(2).settle();
        cluster.wants(2, "spilo:2");
        cluster.world.freezeWal("orders-1");
        cluster.world.write(100L * 1024 * 1024);

        cluster.turns(20);

        assertThat(disruptions(cluster)).containsExactly("delete Pod orders-1");
        assertThat(cluster.reconcile().pending()).anyMatch(p -> p.waitingFor().contains("bytes behind"));
    }

    @Test
    void aSingleInstanceIsMadeAnewWithoutASwitchover() {
        var cluster = new SimulatedCluster(1).settle();

        cluster.wants(1, "spilo:2").settle();

        assertThat(disruptions(cluster)).containsExactly("delete Pod orders-0");
    }

    @Test
    void aPodOfAnOlderRevisionThatDiffersInNothingStays() {
        var cluster = new SimulatedCluster(2).settle();
        var pod = cluster.world.pod("orders-1").orElseThrow();
        cluster.world.replace(new PodBuilder(pod)
                .editMetadata()
                .addToLabels("controller-revision-hash", "from-the-peer")
                .endMetadata()
                .build());

        assertThat(cluster.plan().steps()).isEmpty();
    }

    @Test
    void aPodThatAWebhookRewroteIsNotReplacedForEver() {
        var cluster = new SimulatedCluster(2).settle();
        var pod = cluster.world.pod("orders-1").orElseThrow();
        cluster.world.replace(new PodBuilder(pod)
                .editSpec()
                .editFirstContainer()
                .withImage("mirror.example/spilo:1")
                .endContainer()
                .endSpec()
                .build());

        assertThat(cluster.plan().steps()).isEmpty();
    }

    @Test
    void thePrimaryMovesBeforeItsPodIsScaledAway() {
        var cluster = new SimulatedCluster(3).settle();
        cluster.world.moveLeaderTo("orders-2");
        cluster.world.tick();

        cluster.wants(2, "spilo:1").settle();

        assertThat(cluster.world.effects()).contains("switchover orders-2 -> orders-0");
        assertThat(cluster.world.violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void killedAfterAnyEffectItsSuccessorFinishesAndDoesNothingTwice(int n) {
        var cluster = new SimulatedCluster(3);
        cluster.world.killAfter(n);

        cluster.settle();
        cluster.wants(3, "spilo:2").settle();

        assertThat(disruptions(cluster))
                .containsExactly(
                        "delete Pod orders-2",
                        "delete Pod orders-1",
                        "switchover orders-0 -> orders-1",
                        "delete Pod orders-0");
        assertThat(cluster.world.effects().stream().filter(e -> e.startsWith("create Secret")))
                .hasSize(1);
        assertThat(cluster.world.violations()).isEmpty();
    }

    /** Any sequence of edits, with the operator killed somewhere: it settles, and never against the rules. */
    @Property(tries = 200)
    void anyEditsSettleWithoutEverBreakingARule(
            @ForAll @IntRange(min = 1, max = 4) int first,
            @ForAll @IntRange(min = 1, max = 4) int second,
            @ForAll @IntRange(min = 1, max = 4) int third,
            @ForAll boolean newImage,
            @ForAll @IntRange(min = 0, max = 3) int leaderAt,
            @ForAll @IntRange(min = 1, max = 12) int killedAfter) {
        var cluster = new SimulatedCluster(first).settle();
        cluster.world.moveLeaderTo("orders-" + leaderAt % first);
        cluster.world.tick();
        cluster.world.killAfter(killedAfter);

        cluster.wants(second, newImage ? "spilo:2" : "spilo:1").settle();
        cluster.wants(third, "spilo:3").settle();

        assertThat(cluster.plan().steps()).isEmpty();
        assertThat(cluster.world.pods()).hasSize(third);
        assertThat(cluster.world.violations()).isEmpty();
    }
}
