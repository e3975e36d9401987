package dev.patronioperator.cluster.planning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.plan.Deferred;
import dev.patronioperator.plan.Execution;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

/**
 * Keeps pods from being made anew for ever. Once all pods were made from a template and the same template is still wanted, pods that
 * differ from it were made from what somebody else has made of it, and would come out differently again: they stay, and people are told
 * who did it. Likewise a template that somebody changes again and again is not put back for ever.
 *
 * <p>Pods that do not run have nothing to lose and are made anew; so are pods that a person has flagged.
 */
final class LoopBreaker {

    /** How often in a row a template is put back before somebody has to look. */
    static final int REPAIRS = 3;

    private static final String TEMPLATE = "spec.template.";

    private final ObjectTrees trees;

    LoopBreaker(ObjectTrees trees) {
        this.trees = trees;
    }

    /** The steps of the StatefulSet, but for putting its template back once more. */
    List<PlannedStep> statefulSet(
            List<PlannedStep> steps, StatefulSet wanted, ObservedCluster observed, RolloutMemory memory) {
        if (memory.repairsInARow(observed.at()) < REPAIRS || !isKnown(wanted, memory)) {
            return steps;
        }
        return steps.stream()
                .map(step -> isOfTemplate(step)
                        ? refused(
                                "put the Pod template back: it was put back " + REPAIRS + " times, and changed again",
                                flapping(step.reasons(), memory.writers()))
                        : step)
                .toList();
    }

    /** The steps of the rollout, but for making pods anew that were right before. */
    List<PlannedStep> rollout(
            List<PlannedStep> steps, StatefulSet wanted, ObservedCluster observed, RolloutMemory memory) {
        if (steps.isEmpty() || !isKnown(wanted, memory)) {
            return steps;
        }
        var atStake = steps.stream().filter(step -> isAtStake(step, observed)).toList();
        if (atStake.isEmpty() || steps.stream().anyMatch(LoopBreaker::isFlagged)) {
            return steps;
        }
        var kept = new ArrayList<>(steps.stream()
                .filter(step -> step.step() instanceof Step.RecreatePod && !atStake.contains(step))
                .toList());
        if (!kept.isEmpty() && steps.getFirst().step() instanceof Step.Await) {
            kept.addFirst(steps.getFirst());
        }
        var wrong = atStake.stream()
                .filter(step -> !wasRight(step, observed, memory))
                .toList();
        if (!wrong.isEmpty()) {
            kept.add(refused(
                    "make " + names(wrong) + " anew, as all Pods had been made from this template",
                    flapping(wrong.getFirst().reasons(), memory.writers())));
        }
        return kept;
    }

    /** What is to be remembered after the plan has been carried out. */
    RolloutMemory remember(
            StatefulSet wanted, ObservedCluster observed, Plan plan, Execution execution, RolloutMemory memory) {
        if (isFinished(wanted, observed, plan)) {
            return memory.finished(fingerprint(wanted), observed.at());
        }
        return execution.results().stream()
                .filter(result -> result.outcome() instanceof Outcome.Done && isOfTemplate(result.step()))
                .filter(result -> isKnown(wanted, memory))
                .findFirst()
                .map(result -> memory.repaired(templateReasons(result.step()), observed.at()))
                .orElse(memory);
    }

    private static boolean isFinished(StatefulSet wanted, ObservedCluster observed, Plan plan) {
        return plan.deferred().stream().noneMatch(LoopBreaker::concernsPods)
                && plan.steps().stream().noneMatch(LoopBreaker::concernsPods)
                && !observed.instances().isEmpty()
                && observed.instances().size() == wanted.getSpec().getReplicas()
                && observed.instances().stream().allMatch(ObservedInstance::isReady);
    }

    /** What is left of parameters, volumes or streams, or of a template that is left as a whole, makes no pod different from its template. */
    private static boolean concernsPods(Deferred deferred) {
        return deferred.reasons().stream()
                .map(Reason::code)
                .anyMatch(code -> code == Reason.Code.POD_OUTDATED || code == Reason.Code.POD_FLAGGED);
    }

    private static boolean concernsPods(PlannedStep planned) {
        return switch (planned.step()) {
            case Step.Apply apply -> apply.desired() instanceof StatefulSet;
            case Step.ReplaceStatefulSet ignored -> true;
            case Step.RecreatePod ignored -> true;
            case Step.Refuse ignored ->
                planned.reasons().stream().anyMatch(reason -> reason.code() == Reason.Code.FLAPPING);
            default -> false;
        };
    }

    private boolean isKnown(StatefulSet wanted, RolloutMemory memory) {
        return memory.template().equals(fingerprint(wanted));
    }

    /** Of all that makes a pod; annotations are patched onto it. */
    private String fingerprint(StatefulSet wanted) {
        return trees.fingerprintOfPods(wanted);
    }

    private static boolean isFlagged(PlannedStep step) {
        return step.reasons().stream().anyMatch(reason -> reason.code() == Reason.Code.POD_FLAGGED);
    }

    private static boolean isAtStake(PlannedStep step, ObservedCluster observed) {
        return instance(step, observed).filter(ObservedInstance::isReady).isPresent();
    }

    /** Pods that were there when the rollout had finished had nothing wrong then. */
    private static boolean wasRight(PlannedStep step, ObservedCluster observed, RolloutMemory memory) {
        var made = instance(step, observed)
                .map(instance -> instance.pod().getMetadata().getCreationTimestamp())
                .map(Instant::parse);
        return made.isPresent() && memory.since().filter(made.get()::isBefore).isPresent();
    }

    private static Optional<ObservedInstance> instance(PlannedStep planned, ObservedCluster observed) {
        return planned.step() instanceof Step.RecreatePod(var pod, var ignored)
                ? observed.instance(pod.name())
                : Optional.empty();
    }

    private static boolean isOfTemplate(PlannedStep planned) {
        return planned.step() instanceof Step.Apply apply
                && apply.desired() instanceof StatefulSet
                && !templateReasons(planned).isEmpty();
    }

    private static List<Reason> templateReasons(PlannedStep planned) {
        return planned.reasons().stream()
                .filter(reason -> reason.path()
                        .filter(path -> path.toString().startsWith(TEMPLATE))
                        .isPresent())
                .toList();
    }

    /** A pod does not say who wrote its template; that was seen when the template was put back. */
    private static List<Reason> flapping(List<Reason> reasons, List<String> writers) {
        return reasons.stream().map(reason -> reason.flapping(writers)).toList();
    }

    private static PlannedStep refused(String what, List<Reason> reasons) {
        return new PlannedStep(new Step.Refuse(what), Impact.FORBIDDEN, reasons);
    }

    private static String names(List<PlannedStep> steps) {
        return String.join(
                ", ",
                steps.stream()
                        .map(step -> ((Step.RecreatePod) step.step()).pod().name())
                        .toList());
    }
}
