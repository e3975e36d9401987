package dev.patronioperator.observability;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;

import dev.patronioperator.plan.Execution;
import dev.patronioperator.plan.Plan;

/** The meters of the clusters. Labels are states and impacts, never names: a fleet of thousands costs a handful of time series. */
@Singleton
public final class ClusterMetrics {

    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<String, String> states = new ConcurrentHashMap<>();
    private final Map<String, Instant> pendingSince = new ConcurrentHashMap<>();

    public ClusterMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        registry.gauge(Meters.PENDING_AGE.meter(), this, ClusterMetrics::longestWait);
    }

    /** A look at a cluster has ended. */
    public void looked(String cluster, String state, Plan plan, Execution execution, Duration took) {
        registry.timer(Meters.RECONCILES.meter(), "outcome", outcome(plan, execution))
                .record(took);
        if (!plan.isEmpty()) {
            registry.counter(Meters.PLAN_IMPACT.meter(), "impact", plan.impact().name())
                    .increment();
        }
        if (execution.pending().isEmpty()) {
            pendingSince.remove(cluster);
        } else {
            pendingSince.putIfAbsent(cluster, clock.instant());
        }
        if (states.put(cluster, state) == null
                || !registry.find(Meters.CLUSTERS.meter())
                        .tag("state", state)
                        .gauges()
                        .iterator()
                        .hasNext()) {
            registry.gauge(
                    Meters.CLUSTERS.meter(),
                    java.util.List.of(io.micrometer.core.instrument.Tag.of("state", state)),
                    states,
                    all -> all.values().stream().filter(state::equals).count());
        }
    }

    public void gone(String cluster) {
        states.remove(cluster);
        pendingSince.remove(cluster);
    }

    private static String outcome(Plan plan, Execution execution) {
        if (!execution.failures().isEmpty()) {
            return "failed";
        }
        if (!execution.pending().isEmpty()) {
            return "pending";
        }
        if (plan.changesAnything()) {
            return "acted";
        }
        return plan.isEmpty() ? "settled" : "refused";
    }

    private double longestWait() {
        return pendingSince.values().stream()
                .min(Comparator.naturalOrder())
                .map(since -> Duration.between(since, clock.instant()).toMillis() / 1000.0)
                .orElse(0.0);
    }
}
