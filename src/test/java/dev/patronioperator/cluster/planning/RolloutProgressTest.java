package dev.patronioperator.cluster.planning;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.api.RolloutStatus;

import static org.assertj.core.api.Assertions.assertThat;

/** What the status tells while a rollout goes on. */
class RolloutProgressTest {

    private static List<String> phases(SimulatedCluster cluster) {
        var phases = new ArrayList<String>();
        cluster.settle(turn -> {
            var rollout = cluster.status().rollout();
            var line = rollout == null ? "-" : rollout.phase() + " " + rollout.progress() + " " + rollout.instance();
            if (phases.isEmpty() || !phases.getLast().equals(line)) {
                phases.add(line);
            }
        });
        return phases;
    }

    @Test
    void eachStepShowsHowFarTheRolloutIs() {
        var cluster = new SimulatedCluster(3).settle();

        assertThat(phases(cluster.wants(3, "spilo:2")))
                .containsSubsequence(
                        "RenewingReplicas 0 of 3 Pods renewed orders-2",
                        "RenewingReplicas 1 of 3 Pods renewed orders-1",
                        "SwitchingOver 2 of 3 Pods renewed orders-0",
                        "RenewingReplicas 2 of 3 Pods renewed orders-0");
        assertThat(cluster.turns(1).status().rollout()).isNull();
    }

    @Test
    void itsBeginningIsRememberedByTheNextOperator() {
        var cluster = new SimulatedCluster(3).settle();
        var began = cluster.wants(3, "spilo:2").turns(1).status().rollout().startedAt();

        // Nothing is kept from one turn to the next but the status: each might be another operator's.
        var later = cluster.turns(3).status().rollout();

        assertThat(later.progress()).isNotEqualTo("0 of 3 Pods renewed");
        assertThat(later.startedAt()).isEqualTo(began);
    }

    @Test
    void aPodThatCannotStartHaltsItAndTheStatusSaysWhy() {
        var cluster = new SimulatedCluster(3).settle();
        cluster.world.hasNoImage("spilo:wrong");

        var status = cluster.wants(3, "spilo:wrong").turns(10).status();

        assertThat(status.rollout())
                .extracting(RolloutStatus::phase, RolloutStatus::progress, RolloutStatus::instance)
                .containsExactly("Halted", "1 of 3 Pods renewed", "orders-1");
        assertThat(message(status, "Progressing"))
                .startsWith("1 of 3 Pods renewed; waiting for orders-2 to be in service");
        assertThat(message(status, "Degraded")).contains("Pod orders-2").contains("ImagePullBackOff");
        assertThat(cluster.world.effects())
                .filteredOn(e -> e.startsWith("delete Pod"))
                .hasSize(1);
    }

    @Test
    void aCorrectedManifestGoesOnAtThePodThatIsStuck() {
        var cluster = new SimulatedCluster(3).settle();
        cluster.world.hasNoImage("spilo:wrong");
        cluster.wants(3, "spilo:wrong").turns(10);

        cluster.wants(3, "spilo:2").settle();

        assertThat(cluster.world.effects())
                .filteredOn(e -> e.startsWith("delete Pod") || e.startsWith("switchover"))
                .containsExactly(
                        "delete Pod orders-2",
                        "delete Pod orders-2",
                        "delete Pod orders-1",
                        "switchover orders-0 -> orders-1",
                        "delete Pod orders-0");
        assertThat(cluster.world.violations()).isEmpty();
    }

    @Test
    void restartsShowHowFarTheyAre() {
        var cluster = new SimulatedCluster(3).settle();
        var seen = new ArrayList<String>();

        cluster.maxConnections(200).turns(30, turn -> {
            var rollout = cluster.status().rollout();
            seen.add(rollout == null ? "-" : rollout.phase() + " " + rollout.progress());
        });

        assertThat(seen).containsSubsequence("RestartingPostgreSQL 0 of 3 instances restarted", "-");
        assertThat(seen.getLast()).isEqualTo("-");
    }

    private static String message(PostgresqlStatus status, String condition) {
        return status.conditions().stream()
                .filter(c -> c.getType().equals(condition))
                .findFirst()
                .orElseThrow()
                .getMessage();
    }
}
