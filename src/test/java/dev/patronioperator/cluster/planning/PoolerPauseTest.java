package dev.patronioperator.cluster.planning;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** What clients of the primary's pooler have to bear while the primary moves or restarts. */
class PoolerPauseTest {

    /** What the operator promises, and a turn of the world to notice it. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(40);

    private static SimulatedCluster pooled(int instances) {
        var cluster = new SimulatedCluster(instances).pooled("transaction");
        cluster.world.pooler.start("pooler-a");
        cluster.world.pooler.start("pooler-b");
        return cluster.settle();
    }

    private static List<String> effectsOf(SimulatedCluster cluster) {
        return cluster.world.effects().stream()
                .filter(effect -> effect.matches("(pause|resume|switchover|restart|delete Pod|edit Service) .*"))
                .toList();
    }

    private static Map<String, String> notes(SimulatedCluster cluster) {
        var annotations = cluster.world
                .list(Service.class, "ns", Map.of())
                .orIfUnknown(List.of())
                .getFirst()
                .getMetadata()
                .getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }

    private static void assertThatNobodyWaits(SimulatedCluster cluster) {
        assertThat(cluster.world.pooler.paused()).isEmpty();
        assertThat(cluster.world.pooler.longestPause()).isLessThanOrEqualTo(LONGEST_PAUSE);
        assertThat(cluster.world.violations()).isEmpty();
    }

    @Test
    void clientsWaitFromJustBeforeTheSwitchoverUntilTheNewPrimaryTakesWrites() {
        var cluster = pooled(3);

        cluster.wants(3, "spilo:2").settle();

        var effects = effectsOf(cluster);
        assertThat(effects.subList(0, 3))
                .containsExactly("delete Pod orders-2", "delete Pod orders-1", "edit Service orders");
        assertThat(effects.subList(3, 5)).containsExactlyInAnyOrder("pause pooler-a", "pause pooler-b");
        assertThat(effects.get(5)).isEqualTo("switchover orders-0 -> orders-1");
        assertThat(effects.subList(6, 8)).containsExactlyInAnyOrder("resume pooler-a", "resume pooler-b");
        assertThat(effects.subList(8, effects.size())).containsExactly("edit Service orders", "delete Pod orders-0");
        assertThat(notes(cluster)).isEmpty();
        assertThatNobodyWaits(cluster);
    }

    @Test
    void pauseIsPartOfThePlanWithItsReason() {
        var cluster = pooled(2);

        var plan = cluster.wants(2, "spilo:2").plan();

        assertThat(plan.steps())
                .extracting(planned -> planned.step().text())
                .containsSubsequence(
                        "Pause pooler orders-pooler",
                        "Switchover orders-0 -> orders-1",
                        "Resume pooler orders-pooler",
                        "Recreate Pod orders-0");
        assertThat(plan.steps())
                .filteredOn(planned -> planned.step() instanceof Step.PausePooler)
                .singleElement()
                .satisfies(planned -> {
                    assertThat(planned.impact()).isEqualTo(Impact.NONE);
                    assertThat(planned.reasons().toString()).contains("primary must move", "instead of failing");
                });
    }

    @Test
    void clientsWaitAsWellWhenThePrimaryIsOnAPodThatGoes() {
        var cluster = pooled(2);
        cluster.world.moveLeaderTo("orders-1");
        cluster.world.tick();

        cluster.wants(1, "spilo:1").settle();

        assertThat(effectsOf(cluster)).contains("pause pooler-a", "pause pooler-b", "switchover orders-1 -> orders-0");
        assertThatNobodyWaits(cluster);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void successorOfAKilledOperatorLetsEverybodyGoOn(int n) {
        var cluster = pooled(2);
        cluster.world.killAfter(n);

        cluster.wants(2, "spilo:2").settle();

        assertThat(effectsOf(cluster).stream().filter(effect -> effect.startsWith("switchover")))
                .hasSize(1);
        assertThat(notes(cluster)).isEmpty();
        assertThatNobodyWaits(cluster);
    }

    @Test
    void clientsWaitWhileThePrimaryRestartsAndNotWhileReplicasDo() {
        var cluster = pooled(3);

        cluster.maxConnections(200).turns(40);

        var effects = effectsOf(cluster);
        assertThat(effects.subList(0, 3))
                .containsExactly("restart orders-2", "restart orders-1", "edit Service orders");
        assertThat(effects.subList(3, 5)).containsExactlyInAnyOrder("pause pooler-a", "pause pooler-b");
        assertThat(effects.get(5)).isEqualTo("restart orders-0");
        assertThat(effects.subList(6, 8)).containsExactlyInAnyOrder("resume pooler-a", "resume pooler-b");
        assertThat(effects.subList(8, effects.size())).containsExactly("edit Service orders");
        assertThat(notes(cluster)).isEmpty();
        assertThatNobodyWaits(cluster);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void successorOfAnOperatorThatWasKilledInARestartLetsEverybodyGoOn(int n) {
        var cluster = pooled(2);
        cluster.world.killAfter(n);

        cluster.maxConnections(200).turns(40);

        assertThat(cluster.world.restarts()).isEqualTo(Map.of("orders-0", 1, "orders-1", 1));
        assertThat(notes(cluster)).isEmpty();
        assertThatNobodyWaits(cluster);
    }

    @Test
    void nobodyWaitsForASwitchoverThatDoesNotHappenNorSoonAgain() {
        var cluster = pooled(2);
        cluster.world.refusesSwitchovers(true);
        cluster.wants(2, "spilo:2").turns(60);

        assertThat(effectsOf(cluster))
                .filteredOn(effect -> effect.startsWith("pause"))
                .hasSize(2);
        assertThatNobodyWaits(cluster);

        cluster.turns(120);
        assertThat(effectsOf(cluster))
                .filteredOn(effect -> effect.startsWith("pause"))
                .hasSize(4);

        cluster.world.refusesSwitchovers(false);
        cluster.settle();
        assertThatNobodyWaits(cluster);
    }

    @Test
    void nobodyWaitsForASwitchoverThatIsNotPlannedAnyMore() {
        var cluster = pooled(2);
        cluster.world.refusesSwitchovers(true);
        cluster.wants(2, "spilo:2").turns(100, turn -> {
            if (!cluster.world.pooler.paused().isEmpty()) {
                cluster.wants(2, "spilo:1");
            }
        });

        assertThat(cluster.world.pooler.longestPause()).isPositive().isLessThan(Duration.ofSeconds(15));
        assertThatNobodyWaits(cluster);
    }

    @Test
    void poolerThatCannotBeReachedHoldsUpNothingAndIsNamed() {
        var cluster = pooled(2);
        cluster.world.pooler.unreachable("pooler-b");
        cluster.wants(2, "spilo:2");

        var problems = new java.util.ArrayList<String>();
        for (int turn = 0; turn < 30; turn++) {
            cluster.reconcile().failures().stream().map(Outcome.Failed::problem).forEach(problems::add);
            cluster.world.tick();
        }

        assertThat(problems)
                .singleElement()
                .asString()
                .contains("pooler-b: cannot be reached: no route to host", "its clients see the primary go");
        assertThat(effectsOf(cluster))
                .containsSubsequence("pause pooler-a", "switchover orders-0 -> orders-1", "resume pooler-a");
        assertThat(cluster.plan().steps()).isEmpty();
        assertThat(notes(cluster)).isEmpty();
        assertThatNobodyWaits(cluster);
    }

    @Test
    void podsOfThePoolerThatComeOrGoMeanwhileDoNotMatter() {
        var cluster = pooled(2);
        cluster.wants(2, "spilo:2").turns(60, turn -> {
            if (cluster.world.pooler.paused().contains("pooler-a")) {
                cluster.world.pooler.stop("pooler-a");
                cluster.world.pooler.start("pooler-c");
            }
        });

        assertThat(effectsOf(cluster)).contains("resume pooler-b").doesNotContain("resume pooler-a", "resume pooler-c");
        assertThat(notes(cluster)).isEmpty();
        assertThatNobodyWaits(cluster);
    }

    /** Pausing would wait until every client has gone. */
    @Test
    void sessionsAreNotPaused() {
        var cluster = new SimulatedCluster(2).pooled("session");
        cluster.world.pooler.start("pooler-a");
        cluster.settle();

        cluster.wants(2, "spilo:2").settle();

        assertThat(effectsOf(cluster)).noneMatch(effect -> effect.startsWith("pause"));
    }

    @Test
    void whoWaitsGoesOnBeforeAnythingElseIsDone() {
        var cluster = pooled(2);
        cluster.wants(2, "spilo:2").turns(60, turn -> {
            if (!cluster.world.pooler.paused().isEmpty()) {
                assertThat(cluster.plan().steps())
                        .extracting(PlannedStep::step)
                        .first()
                        .isInstanceOf(Step.ResumePooler.class);
            }
        });

        assertThat(cluster.world.pooler.longestPause()).isPositive();
    }
}
