package dev.patronioperator.cluster.planning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.patroni.model.DynamicConfig;
import dev.patronioperator.patroni.model.PendingRestart;
import dev.patronioperator.patroni.model.PodStatus;
import dev.patronioperator.plan.FieldPath;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;
import dev.patronioperator.postgres.parameters.ParameterCatalogue;

/**
 * Plans what goes through Patroni while the pods stay: its dynamic configuration, and the restarts of PostgreSQL that a changed
 * parameter needs.
 *
 * <p>Which parameters need a restart is said by PostgreSQL itself, through Patroni's "pending restart". Replicas restart first, one
 * after the other, then the primary. Parameters that size shared memory on standbys reverse the order when they shrink: a standby
 * refuses to start with less than its primary has. See "Hot Standby: Administrator's Overview" in the PostgreSQL manual.
 */
final class PatroniPlanner {

    private static final Duration CHECK_AGAIN = Duration.ofSeconds(5);

    private static final Set<String> STANDBY_NEEDS_AT_LEAST = Set.of(
            "max_connections",
            "max_prepared_transactions",
            "max_locks_per_transaction",
            "max_worker_processes",
            "max_wal_senders");

    private PatroniPlanner() {}

    /** The change of the dynamic configuration; none before the cluster is initialised, as the bootstrap brings it along. */
    static Optional<PlannedStep> configuration(
            Map<String, Object> wanted, ParameterCatalogue parameters, ObservedCluster observed, Explanation why) {
        return observed.dcs().config().config() instanceof Known.Value<DynamicConfig>(DynamicConfig present)
                        && observed.dcs().config().isInitialized()
                ? difference(wanted, present.tree(), parameters, why)
                : Optional.empty();
    }

    private static Optional<PlannedStep> difference(
            Map<String, Object> wanted, Map<String, Object> present, ParameterCatalogue parameters, Explanation why) {
        var reasons = new ArrayList<Reason>();
        var patch = changed(wanted, present, FieldPath.of("patroni"), why, reasons);
        return patch.isEmpty()
                ? Optional.empty()
                : Optional.of(new PlannedStep(new Step.PatchDcs(patch), impact(reasons, parameters), reasons));
    }

    /** The patch itself restarts nothing; what it leads to is announced with it. */
    private static Impact impact(List<Reason> reasons, ParameterCatalogue parameters) {
        return reasons.stream()
                .flatMap(reason -> reason.path().stream())
                .flatMap(path -> parameters.impact(path.lastField()).stream())
                .reduce(Impact.RELOAD, Impact::or);
    }

    /** The part of the patch that changes something, with a reason for each value. */
    private static Map<String, Object> changed(
            Map<?, ?> wanted, Map<?, ?> present, FieldPath path, Explanation why, List<Reason> reasons) {
        var patch = new LinkedHashMap<String, Object>();
        wanted.forEach((key, value) -> {
            var name = String.valueOf(key);
            var there = present.get(key);
            if (value instanceof Map<?, ?> map) {
                var inner = changed(
                        map, there instanceof Map<?, ?> other ? other : Map.of(), path.field(name), why, reasons);
                if (!inner.isEmpty()) {
                    patch.put(name, inner);
                }
            } else if (!isSame(value, there)) {
                patch.put(name, value);
                reasons.add(new Reason(why.code(), Optional.of(path.field(name)), text(there), text(value)));
            }
        });
        return patch;
    }

    /** Patroni compares by text as well; what is false and what is absent mean the same to it. */
    private static boolean isSame(Object wanted, Object present) {
        boolean nothingWanted = wanted == null;
        boolean nothingPresent = present == null || Boolean.FALSE.equals(present);
        return nothingWanted && nothingPresent || Objects.equals(text(wanted), text(present)) && !nothingWanted;
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }

    /** The restarts that PostgreSQL waits for. */
    static List<PlannedStep> restarts(ObservedCluster observed) {
        var pending = observed.instances().stream()
                .filter(i -> !i.isBeingDeleted() && pendingRestart(i).isPending())
                .toList();
        if (pending.isEmpty()) {
            return List.of();
        }
        boolean primaryFirst =
                observed.leader().filter(l -> onlyShrinks(pendingRestart(l))).isPresent();
        var order = Comparator.comparing((ObservedInstance i) -> isLeader(i, observed) != primaryFirst)
                .thenComparing(Comparator.comparing(ObservedInstance::ordinal).reversed());
        var steps = new ArrayList<PlannedStep>();
        down(observed, pending).ifPresent(steps::add);
        pending.stream().sorted(order).forEach(i -> steps.add(restart(i)));
        return steps;
    }

    private static Optional<PlannedStep> down(ObservedCluster observed, List<ObservedInstance> pending) {
        return observed.instances().stream()
                .filter(i -> !i.isUp())
                .findFirst()
                .map(i -> PlannedStep.of(
                        new Step.Await(i.name() + " to be up", CHECK_AGAIN),
                        Impact.NONE,
                        Reason.of(Reason.Code.PENDING_RESTART, "one instance at a time")));
    }

    private static PlannedStep restart(ObservedInstance instance) {
        var settings = pendingRestart(instance).settings();
        var reasons = settings.entrySet().stream()
                .map(e -> new Reason(
                        Reason.Code.PENDING_RESTART,
                        Optional.of(FieldPath.of("postgresql.parameters").field(e.getKey())),
                        e.getValue().before(),
                        e.getValue().after()))
                .toList();
        return new PlannedStep(
                new Step.RestartPostgres(instance.name()),
                Impact.RESTART,
                reasons.isEmpty() ? List.of(Reason.of(Reason.Code.PENDING_RESTART)) : reasons);
    }

    private static boolean isLeader(ObservedInstance instance, ObservedCluster observed) {
        return observed.leader().filter(l -> l.name().equals(instance.name())).isPresent();
    }

    /** One such parameter that shrinks is enough: its standby can start only after the primary has. */
    private static boolean onlyShrinks(PendingRestart pending) {
        return pending.isPending()
                && pending.settings().entrySet().stream()
                        .filter(e -> STANDBY_NEEDS_AT_LEAST.contains(e.getKey()))
                        .anyMatch(e -> isLess(e.getValue().after(), e.getValue().before()));
    }

    private static boolean isLess(String after, String before) {
        try {
            return Long.parseLong(after) < Long.parseLong(before);
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private static PendingRestart pendingRestart(ObservedInstance instance) {
        return instance.patroni().map(PodStatus::pendingRestart).orIfUnknown(PendingRestart.NONE);
    }
}
