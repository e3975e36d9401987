package dev.patronioperator.cli;

import java.util.List;

import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import org.junit.jupiter.api.Test;

import dev.patronioperator.api.InstanceStatus;
import dev.patronioperator.api.PlanStatus;
import dev.patronioperator.api.Postgresql;
import dev.patronioperator.api.PostgresqlStatus;

import static org.assertj.core.api.Assertions.assertThat;

class ExplainCommandTest {

    @Test
    void explainsConditionsInstancesAndThePlan() {
        var run = CommandLineRun.with(new FakePlanning().having(cluster("orders")), "explain", "orders");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("postgresql desk/orders: Updating\n")
                .contains("The newest manifest is generation 4; generation 3 is the last that was accepted.")
                .containsPattern("Ready +False +NoPrimary +2026-11-25T12:00:00Z +orders-0 does not start")
                .containsPattern("orders-1 +replica +streaming +3 +16 +yes")
                .contains("Waits for: orders-1 to stream")
                .contains("Plan now: 1 step, impact NONE");
    }

    @Test
    void clusterThatWasNotLookedAtYetIsExplainedToo() {
        var fresh = cluster("settled-fresh");
        fresh.setStatus(null);

        var run = CommandLineRun.with(new FakePlanning().having(fresh), "explain", "settled-fresh", "-n", "desk");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .isEqualTo("postgresql desk/settled-fresh: not looked at yet\n\nPlan now: nothing to do\n");
    }

    @Test
    void absentClusterIsAnError() {
        var run = CommandLineRun.with(new FakePlanning(), "explain", "orders", "-n", "elsewhere");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .isEqualToIgnoringNewLines("error: there is no postgresql \"orders\" in namespace elsewhere");
    }

    @Test
    void unreachableApiServerIsNotAnAbsentCluster() {
        var run = CommandLineRun.with(
                new FakePlanning().unreachable("the API server does not answer"), "explain", "orders");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("error: the API server does not answer").doesNotContain("there is no");
    }

    private static Postgresql cluster(String name) {
        var cluster = new Postgresql();
        cluster.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace("desk")
                .withGeneration(4L)
                .build());
        cluster.setStatus(new PostgresqlStatus(
                "Updating",
                3L,
                List.of(new ConditionBuilder()
                        .withType("Ready")
                        .withStatus("False")
                        .withReason("NoPrimary")
                        .withMessage("orders-0 does not start")
                        .withLastTransitionTime("2026-11-25T12:00:00Z")
                        .build()),
                List.of(new InstanceStatus("orders-1", "replica", "streaming", 3L, 16L, "rev", true)),
                new PlanStatus("1 step", "NONE", List.of(), null, "orders-1 to stream"),
                null,
                null,
                null,
                null,
                null));
        return cluster;
    }
}
