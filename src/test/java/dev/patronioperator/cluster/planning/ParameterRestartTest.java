package dev.patronioperator.cluster.planning;

import java.util.List;
import java.util.Map;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Parameters that are read at start: PostgreSQL restarts inside pods that stay. */
class ParameterRestartTest {

    private static List<String> restarts(SimulatedCluster cluster) {
        return cluster.world.effects().stream()
                .filter(effect -> effect.startsWith("restart") || effect.startsWith("delete Pod"))
                .toList();
    }

    /** Members tell late, so the cluster seems settled for a while: some turns more. */
    private static void settle(SimulatedCluster cluster) {
        cluster.turns(30);
        assertThat(cluster.plan().steps()).isEmpty();
        assertThat(cluster.world.violations()).isEmpty();
    }

    @Test
    void replicasComeFirstWhenAParameterGrows() {
        var cluster = new SimulatedCluster(3).settle();

        settle(cluster.maxConnections(200));

        assertThat(restarts(cluster)).containsExactly("restart orders-2", "restart orders-1", "restart orders-0");
        assertThat(cluster.world.maxConnections()).isEqualTo(Map.of("orders-0", 200, "orders-1", 200, "orders-2", 200));
    }

    @Test
    void thePrimaryComesFirstWhenItShrinksAndReplicasRestartOnce() {
        var cluster = new SimulatedCluster(3).settle();

        settle(cluster.maxConnections(50));

        assertThat(restarts(cluster)).containsExactly("restart orders-0", "restart orders-2", "restart orders-1");
        assertThat(cluster.world.maxConnections()).isEqualTo(Map.of("orders-0", 50, "orders-1", 50, "orders-2", 50));
    }

    /** Without the names of what waits nobody can tell growing from shrinking beforehand. */
    @Test
    void anOldPatroniThatTellsNotWhatWaitsNeverMakesAMemberRestartForEver() {
        var cluster = new SimulatedCluster(3).settle();
        cluster.world.saysNotWhatIsPending();

        settle(cluster.maxConnections(50));

        assertThat(cluster.world.restarts()).isEqualTo(Map.of("orders-0", 1, "orders-1", 2, "orders-2", 2));
        assertThat(cluster.world.maxConnections()).isEqualTo(Map.of("orders-0", 50, "orders-1", 50, "orders-2", 50));
    }

    @Test
    void whileAMemberIsDownNoOtherOneRestarts() {
        var cluster = new SimulatedCluster(3).settle();
        cluster.world.neverReady("orders-1");
        cluster.maxConnections(200).turns(20);

        assertThat(restarts(cluster)).isEmpty();
        assertThat(cluster.reconcile().pending()).anyMatch(p -> p.waitingFor().equals("orders-1 to be up"));
    }

    @Test
    void aNewImageBringsTheParameterAlong() {
        var cluster = new SimulatedCluster(2).settle();

        settle(cluster.maxConnections(200).wants(2, "spilo:2"));

        assertThat(restarts(cluster)).containsExactly("delete Pod orders-1", "delete Pod orders-0");
    }

    /** Wherever the primary is and whenever the operator dies: no member restarts in vain, and none stops replaying. */
    @Property(tries = 100)
    void eachChangeRestartsEachMemberOnce(
            @ForAll @IntRange(min = 1, max = 4) int instances,
            @ForAll @IntRange(min = 0, max = 3) int leaderAt,
            @ForAll @IntRange(min = 10, max = 400) int first,
            @ForAll @IntRange(min = 10, max = 400) int second,
            @ForAll @IntRange(min = 1, max = 12) int killedAfter) {
        var cluster = new SimulatedCluster(instances).settle();
        cluster.world.moveLeaderTo("orders-" + leaderAt % instances);
        cluster.world.tick();
        cluster.world.killAfter(killedAfter);

        settle(cluster.maxConnections(first));
        settle(cluster.maxConnections(second));

        int changes = (first == 100 ? 0 : 1) + (second == first ? 0 : 1);
        assertThat(cluster.world.maxConnections().values()).hasSize(instances).containsOnly(second);
        assertThat(cluster.world.restarts().values()).allMatch(times -> times == changes);
    }
}
