package dev.patronioperator.observability;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import dev.patronioperator.plan.Execution;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

import static org.assertj.core.api.Assertions.assertThat;

class ClusterMetricsTest {

    private static final PlannedStep SWITCHOVER = PlannedStep.of(
            new Step.Switchover("orders-0", "orders-1"), Impact.SWITCHOVER, Reason.of(Reason.Code.PRIMARY_MUST_MOVE));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-11-25T12:00:00Z");
    private final ClusterMetrics metrics = new ClusterMetrics(registry, new Clock() {
        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void looksAreCountedByWhatTheyCameTo() {
        look("shop/orders", "Running", Plan.EMPTY);
        look("shop/orders", "Updating", new Plan(List.of(SWITCHOVER)), new Outcome.Done());
        look("shop/orders", "Updating", new Plan(List.of(SWITCHOVER)), new Outcome.Failed("refused"));

        for (var outcome : List.of("settled", "acted", "failed")) {
            assertThat(registry.get(Meters.RECONCILES.meter())
                            .tag("outcome", outcome)
                            .timer()
                            .count())
                    .isEqualTo(1);
        }
        assertThat(registry.get(Meters.PLAN_IMPACT.meter())
                        .tag("impact", "SWITCHOVER")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void clustersAreCountedInTheirPresentState() {
        look("shop/orders", "Creating", Plan.EMPTY);
        look("shop/billing", "Creating", Plan.EMPTY);
        look("shop/orders", "Running", Plan.EMPTY);
        assertThat(clusters("Creating")).isEqualTo(1);
        assertThat(clusters("Running")).isEqualTo(1);

        metrics.gone("shop/billing");
        assertThat(clusters("Creating")).isZero();
    }

    @Test
    void ageOfWhatIsPendingIsThatOfTheLongestWait() {
        look("shop/orders", "Updating", new Plan(List.of(SWITCHOVER)), pending());
        now = now.plusSeconds(60);
        look("shop/billing", "Updating", new Plan(List.of(SWITCHOVER)), pending());
        look("shop/orders", "Updating", new Plan(List.of(SWITCHOVER)), pending());
        assertThat(registry.get(Meters.PENDING_AGE.meter()).gauge().value()).isEqualTo(60);

        look("shop/orders", "Running", Plan.EMPTY);
        assertThat(registry.get(Meters.PENDING_AGE.meter()).gauge().value()).isZero();
    }

    @Test
    void fleetCostsNoMoreTimeSeriesThanOneCluster() {
        IntStream.range(0, 1000).forEach(i -> look("shop/cluster-" + i, "Running", Plan.EMPTY));
        assertThat(registry.getMeters()).hasSize(3);
    }

    private double clusters(String state) {
        return registry.get(Meters.CLUSTERS.meter()).tag("state", state).gauge().value();
    }

    private static Outcome pending() {
        return new Outcome.Pending("orders-1 to lead", Duration.ofSeconds(2));
    }

    private void look(String cluster, String state, Plan plan, Outcome... outcomes) {
        var results = IntStream.range(0, outcomes.length)
                .mapToObj(i -> new Execution.Result(plan.steps().get(i), outcomes[i]))
                .toList();
        metrics.looked(cluster, state, plan, new Execution(results), Duration.ofMillis(5));
    }
}
