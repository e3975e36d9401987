package dev.patronioperator.cluster.planning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.patroni.model.DynamicConfig;
import dev.patronioperator.plan.FieldPath;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;
import dev.patronioperator.postgres.parameters.ParameterCatalogue;

/** Plans Patroni's dynamic configuration, which changes while the pods stay. The restarts it leads to are {@link RestartPlanner}'s. */
final class PatroniPlanner {

    private PatroniPlanner() {}

    /** The change of the dynamic configuration; none before the cluster is initialised, as the bootstrap brings it along. */
    static Optional<PlannedStep> configuration(
            Map<String, Object> wanted, ParameterCatalogue parameters, ObservedCluster observed, Explanation why) {
        return difference(wanted, reasons -> impact(reasons, parameters), observed, why);
    }

    /**
     * The change of the permanent replication slots.
     *
     * @param wanted slots with their settings; null takes one away
     */
    static Optional<PlannedStep> slots(SortedMap<String, Object> wanted, ObservedCluster observed, Explanation why) {
        return difference(Map.of("slots", wanted), ignored -> Impact.RELOAD, observed, why);
    }

    private static Optional<PlannedStep> difference(
            Map<String, Object> wanted,
            Function<List<Reason>, Impact> impact,
            ObservedCluster observed,
            Explanation why) {
        if (!(observed.dcs().config().config() instanceof Known.Value<DynamicConfig>(DynamicConfig present))
                || !observed.dcs().config().isInitialized()) {
            return Optional.empty();
        }
        var reasons = new ArrayList<Reason>();
        var patch = changed(wanted, present.tree(), FieldPath.of("patroni"), why, reasons);
        return patch.isEmpty()
                ? Optional.empty()
                : Optional.of(new PlannedStep(new Step.PatchDcs(patch), impact.apply(reasons), reasons));
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
}
