package dev.patronioperator.cluster.planning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.patroni.model.PendingRestart;
import dev.patronioperator.patroni.model.PodStatus;
import dev.patronioperator.plan.FieldPath;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

/**
 * Plans the restarts of PostgreSQL that changed parameters need, inside pods that stay.
 *
 * <p>Which parameters need one is said by PostgreSQL itself, through Patroni's "pending restart". Replicas restart first, one after the
 * other, then the primary: one write pause.
 *
 * <p>A standby must have at least what its primary has of some parameters, else it stops replaying. So where one of them grows, replicas
 * come first, and where one shrinks, the primary does; where both happen, replicas restart twice. A standby learns what its primary runs
 * with from the WAL: until it has replayed that, Patroni starts it with the larger value. See "Hot Standby: Administrator's Overview" in
 * the PostgreSQL manual.
 *
 * <p>The order follows from what all members say, and members say it at different times. So nothing restarts before each has had the
 * time to read the configuration and to tell.
 */
final class RestartPlanner {

    private static final Duration CHECK_AGAIN = Duration.ofSeconds(5);

    private static final Set<String> STANDBY_NEEDS_AT_LEAST = Set.of(
            "max_connections",
            "max_prepared_transactions",
            "max_locks_per_transaction",
            "max_worker_processes",
            "max_wal_senders");

    private final ObservedCluster observed;
    private final List<ObservedInstance> pending;
    private final Optional<ObservedInstance> primary;

    private RestartPlanner(ObservedCluster observed) {
        this.observed = observed;
        this.pending = observed.instances().stream()
                .filter(i -> !i.isBeingDeleted() && pendingRestart(i).isPending())
                .toList();
        this.primary = pending.stream()
                .filter(i ->
                        observed.leader().filter(l -> l.name().equals(i.name())).isPresent())
                .findFirst();
    }

    /** The restarts that PostgreSQL waits for. */
    static List<PlannedStep> plan(ObservedCluster observed) {
        return new RestartPlanner(observed).plan();
    }

    private List<PlannedStep> plan() {
        if (pending.isEmpty()) {
            return List.of();
        }
        var steps = new ArrayList<PlannedStep>();
        untold().or(this::down).ifPresent(steps::add);
        boolean primaryFirst = primary.filter(p -> any(p, RestartPlanner::shrinks) && !any(p, RestartPlanner::grows))
                .isPresent();
        if (!primaryFirst) {
            replicas().filter(replica -> !waitsForPrimary(replica)).forEach(replica -> steps.add(restart(replica)));
        }
        primary.ifPresent(p -> steps.add(step(p, new Step.RestartPostgres(p.name()))));
        replicas()
                .filter(replica -> primaryFirst || waitsForPrimary(replica))
                .forEach(replica -> steps.add(restart(replica)));
        return steps;
    }

    private Stream<ObservedInstance> replicas() {
        return pending.stream()
                .filter(i -> primary.isEmpty() || !i.name().equals(primary.get().name()))
                .sorted(Comparator.comparing(ObservedInstance::ordinal).reversed());
    }

    /** Whether the primary has to restart before this one can get anything of what it lacks. */
    private boolean waitsForPrimary(ObservedInstance replica) {
        var settings = pendingRestart(replica).settings();
        return primary.isPresent()
                && !settings.isEmpty()
                && settings.entrySet().stream().allMatch(e -> shrinks(e.getKey(), e.getValue()));
    }

    private PlannedStep restart(ObservedInstance replica) {
        if (primary.isPresent() && !waitsForPrimary(replica)) {
            return step(replica, Step.RestartPostgres.once(replica.name(), configuredAt()));
        }
        return step(
                replica,
                observed.leader()
                        .map(leader -> Step.RestartPostgres.after(leader.name(), replica.name()))
                        .orElseGet(() -> new Step.RestartPostgres(replica.name())));
    }

    private Optional<Instant> configuredAt() {
        return observed.dcs().configWrittenAt() instanceof Known.Value<Instant>(Instant at)
                ? Optional.of(at)
                : Optional.empty();
    }

    /** Members that have not yet told whether they need a restart. */
    private Optional<PlannedStep> untold() {
        return switch (observed.dcs().configTakenInBy()) {
            case Known.Unknown<Instant>(String because) -> Optional.of(await("it to be known", because));
            case Known.Value<Instant>(Instant by) ->
                observed.at().isBefore(by)
                        ? Optional.of(await("every member to tell what waits for a restart", "until " + by))
                        : Optional.empty();
        };
    }

    private Optional<PlannedStep> down() {
        return observed.instances().stream()
                .filter(i -> !i.isUp())
                .findFirst()
                .map(i -> await(i.name() + " to be up", "one instance at a time"));
    }

    private static PlannedStep await(String what, String why) {
        return PlannedStep.of(
                new Step.Await(what, CHECK_AGAIN), Impact.NONE, Reason.of(Reason.Code.PENDING_RESTART, why));
    }

    private static PlannedStep step(ObservedInstance instance, Step.RestartPostgres step) {
        var reasons = pendingRestart(instance).settings().entrySet().stream()
                .map(e -> new Reason(
                        Reason.Code.PENDING_RESTART,
                        Optional.of(FieldPath.of("postgresql.parameters").field(e.getKey())),
                        e.getValue().before(),
                        e.getValue().after()))
                .toList();
        return new PlannedStep(
                step, Impact.RESTART, reasons.isEmpty() ? List.of(Reason.of(Reason.Code.PENDING_RESTART)) : reasons);
    }

    private static boolean any(ObservedInstance instance, BiPredicate<String, PendingRestart.Change> what) {
        return pendingRestart(instance).settings().entrySet().stream()
                .anyMatch(e -> what.test(e.getKey(), e.getValue()));
    }

    private static boolean shrinks(String name, PendingRestart.Change change) {
        return STANDBY_NEEDS_AT_LEAST.contains(name) && isLess(change.after(), change.before());
    }

    private static boolean grows(String name, PendingRestart.Change change) {
        return STANDBY_NEEDS_AT_LEAST.contains(name) && isLess(change.before(), change.after());
    }

    private static boolean isLess(String one, String other) {
        try {
            return Long.parseLong(one) < Long.parseLong(other);
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private static PendingRestart pendingRestart(ObservedInstance instance) {
        return instance.patroni().map(PodStatus::pendingRestart).orIfUnknown(PendingRestart.NONE);
    }
}
