package dev.patronioperator.cluster.planning;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.kubernetes.naming.Annotations;
import dev.patronioperator.plan.Deferred;
import dev.patronioperator.plan.FieldDifference;
import dev.patronioperator.plan.FieldPath;
import dev.patronioperator.plan.Held;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;
import dev.patronioperator.plan.TreeEdit;
import dev.patronioperator.postgres.parameters.ParameterCatalogue;

/**
 * Collects what a plan leaves as it is because of the cluster's {@link Adoption}: for the record, and for people.
 *
 * <p>What differs in the pod template is left as a whole or not at all: a template that changes for another reason makes all pods anew,
 * and that is the rollout that carries the rest along. Parameters, restarts and pods are left one by one.
 */
final class HeldBack {

    private static final String UNTIL = "the pods are made anew for another reason, or " + Annotations.APPROVE_DEFERRED
            + ": \"true\" is set on the manifest";

    private final Adoption adoption;
    private final List<Held.Field> fields = new ArrayList<>();
    private final Set<String> others = new HashSet<>();
    private final List<Deferred> deferred = new ArrayList<>();

    HeldBack(Adoption adoption) {
        this.adoption = adoption;
    }

    Held held() {
        return new Held(fields, others);
    }

    List<Deferred> deferred() {
        return List.copyOf(deferred);
    }

    /** Whether all of these differences are left. */
    boolean leaves(List<FieldDifference> differences) {
        return !differences.isEmpty() && differences.stream().allMatch(adoption::leaves);
    }

    /** Those of these differences that are left, one by one. */
    List<FieldDifference> left(List<FieldDifference> differences) {
        return differences.stream().filter(adoption::leaves).toList();
    }

    void field(Held.Field field) {
        fields.add(field);
    }

    void say(String what, List<FieldDifference> differences) {
        deferred.add(new Deferred(
                what,
                UNTIL,
                differences.stream()
                        .map(difference -> Reason.of(Reason.Code.ADOPTED, difference))
                        .toList()));
    }

    /** Patroni's configuration without the parameters that are left as they are, or cannot be changed yet. */
    Optional<PlannedStep> configuration(
            Map<String, Object> asked, ParameterCatalogue parameters, ObservedCluster observed, Explanation why) {
        var wanted = copy(asked);
        LogicalDecoding.keepsWalLevel(asked, observed).ifPresent(later -> {
            deferred.add(later);
            TreeEdit.remove(wanted, LogicalDecoding.PATH);
        });
        var all = PatroniPlanner.configuration(wanted, parameters, observed, why);
        var left = all.stream()
                .flatMap(step -> step.reasons().stream())
                .filter(reason -> needsRestart(reason, parameters))
                .filter(reason -> adoption.leaves(words(reason)))
                .toList();
        if (left.isEmpty()) {
            return all;
        }
        left.forEach(reason -> others.add(words(reason)));
        deferred.add(new Deferred(all.get().step().text(), UNTIL, adopted(left)));
        var rest = copy(wanted);
        left.forEach(reason -> TreeEdit.remove(rest, reason.path().orElseThrow().below()));
        return PatroniPlanner.configuration(rest, parameters, observed, why);
    }

    private static boolean needsRestart(Reason reason, ParameterCatalogue parameters) {
        return reason.path()
                .flatMap(path -> parameters.impact(path.lastField()))
                .filter(Impact::isDisruptive)
                .isPresent();
    }

    /** The disruptions, unless every pod and every restart among them is to be left. */
    List<PlannedStep> disruptions(List<PlannedStep> planned, ObservedCluster observed) {
        var acting = planned.stream().filter(HeldBack::acts).toList();
        if (acting.isEmpty() || !acting.stream().allMatch(step -> leaves(step, observed))) {
            return planned;
        }
        for (var step : acting) {
            others.addAll(words(step, observed));
            deferred.add(new Deferred(step.step().text(), UNTIL, step.reasons()));
        }
        return List.of();
    }

    private static boolean acts(PlannedStep planned) {
        return planned.step() instanceof Step.RecreatePod || planned.step() instanceof Step.RestartPostgres;
    }

    private boolean leaves(PlannedStep step, ObservedCluster observed) {
        return words(step, observed).stream().allMatch(adoption::leaves);
    }

    /** The pod's uid is part of it: another pod of the same name has nothing to do with what was left. */
    private static Set<String> words(PlannedStep planned, ObservedCluster observed) {
        var pod =
                switch (planned.step()) {
                    case Step.RecreatePod recreate -> recreate.uid();
                    case Step.RestartPostgres restart ->
                        observed.instance(restart.member())
                                .map(ObservedInstance::uid)
                                .orElse("");
                    default -> "";
                };
        return planned.reasons().stream()
                .map(reason -> pod + " " + words(reason))
                .collect(Collectors.toSet());
    }

    private static String words(Reason reason) {
        return reason.path().map(FieldPath::toString).orElse("") + " -> " + reason.after();
    }

    private static List<Reason> adopted(List<Reason> reasons) {
        return reasons.stream()
                .map(reason -> new Reason(Reason.Code.ADOPTED, reason.path(), reason.before(), reason.after()))
                .toList();
    }

    private static Map<String, Object> copy(Map<?, ?> tree) {
        var copy = new LinkedHashMap<String, Object>();
        tree.forEach((key, value) -> copy.put(String.valueOf(key), value instanceof Map<?, ?> map ? copy(map) : value));
        return copy;
    }
}
