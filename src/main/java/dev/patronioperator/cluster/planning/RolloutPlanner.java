package dev.patronioperator.cluster.planning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.kubernetes.naming.Annotations;
import dev.patronioperator.plan.Deferred;
import dev.patronioperator.plan.FieldDifference;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.SpecDiffer;
import dev.patronioperator.plan.Step;

/**
 * Decides which pods are made anew, and in which order.
 *
 * <p>Unready pods come first: they cost nothing, and a wrong template cannot make it worse. Then replicas, the most lagged one leading,
 * so that a wrong image or setting is met where it costs least. The primary is never deleted while it holds the leader key: leadership
 * moves first to a member that already runs the new template.
 *
 * <p>A pod is outdated if it was made from another revision of the StatefulSet than the present one <em>and</em> differs from the
 * template in a field that we set, or has what the template {@linkplain LostFields has lost}. So pods that the peer left behind an
 * unimportant revision stay, and a webhook that rewrites every new pod cannot make us replace it for ever.
 *
 * <p>Guarantees: the same facts give the same plan; at most one pod is taken away at a time; as long as there is no primary, or a pod
 * that was made anew has not caught up with it, no pod that runs is taken.
 */
final class RolloutPlanner {

    private static final Duration CHECK_AGAIN = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final ObjectTrees trees;

    RolloutPlanner(ObjectTrees trees) {
        this.trees = trees;
    }

    /**
     * @param wanted the StatefulSet as it should be; pods are compared with its template
     * @param observed the facts
     * @param rules which differences can wait
     * @param differences what the same plan changes on the StatefulSet
     */
    Rollout plan(StatefulSet wanted, ObservedCluster observed, RolloutRules rules, List<FieldDifference> differences) {
        boolean templateChanges = differences.stream().anyMatch(RolloutPlanner::isOfTemplate);
        var deferred = new ArrayList<Deferred>();
        var lost = new LostFields(trees, wanted, observed, differences);
        var outdated = outdated(wanted, observed, rules, templateChanges, lost, deferred);
        var steps = outdated.isEmpty() ? List.<PlannedStep>of() : steps(observed, outdated, templateChanges);
        return new Rollout(steps, deferred, Set.copyOf(outdated.keySet()));
    }

    /**
     * What becomes of the pods.
     *
     * @param deferred pods that differ and stay for now
     * @param outdated names of the pods that are made anew
     */
    record Rollout(List<PlannedStep> steps, List<Deferred> deferred, Set<String> outdated) {}

    /** If the template changes, no pod can be of its revision yet. */
    private static boolean isOfTemplate(FieldDifference difference) {
        return difference.path().toString().startsWith("spec.template.");
    }

    private static List<PlannedStep> steps(
            ObservedCluster observed, Map<String, List<Reason>> outdated, boolean templateChanges) {
        var steps = new ArrayList<PlannedStep>();
        if (templateChanges || observed.presentRevision().isEmpty()) {
            // A pod deleted before the StatefulSet controller has seen the new template would come back from the old
            // one.
            steps.add(PlannedStep.of(
                    new Step.Await("the StatefulSet controller to see the new template", SOON),
                    Impact.NONE,
                    Reason.of(Reason.Code.POD_OUTDATED, "the template changes first")));
        }
        var leader = observed.leader();
        var replicas = observed.instances().stream()
                .filter(i -> outdated.containsKey(i.name()))
                .filter(i -> leader.isEmpty() || !i.name().equals(leader.get().name()))
                .sorted(Comparator.comparing((ObservedInstance i) -> !isDown(i))
                        .thenComparing(i -> i.patroni()
                                .map(p -> p.walLocation().orIfUnknown(0L))
                                .orIfUnknown(0L))
                        .thenComparing(
                                Comparator.comparing(ObservedInstance::ordinal).reversed()))
                .toList();
        for (var replica : replicas) {
            missing(replica, observed, outdated).ifPresent(steps::add);
            steps.add(recreate(replica, outdated.get(replica.name())));
        }
        leader.filter(l -> outdated.containsKey(l.name())).ifPresent(l -> {
            missing(l, observed, outdated).ifPresent(steps::add);
            if (observed.instances().size() > 1) {
                steps.add(SwitchoverPlanner.moveFrom(
                        l, i -> true, observed, Reason.of(Reason.Code.PRIMARY_MUST_MOVE, "its pod is outdated")));
            }
            steps.add(recreate(l, outdated.get(l.name())));
        });
        return steps;
    }

    /** Nothing while the cluster has all that it can spare of; a pod that runs no PostgreSQL may always go. */
    private static Optional<PlannedStep> missing(
            ObservedInstance next, ObservedCluster observed, Map<String, List<Reason>> outdated) {
        if (isDown(next) || !observed.dcs().config().isInitialized()) {
            return Optional.empty();
        }
        return noPrimary(observed)
                .or(() -> notInService(observed, outdated))
                .or(() -> notMade(observed))
                .map(what -> PlannedStep.of(
                        new Step.Await(what, CHECK_AGAIN),
                        Impact.NONE,
                        Reason.of(Reason.Code.POD_OUTDATED, "one pod at a time")));
    }

    /** What is not known of a pod that is ready speaks for it. */
    private static boolean isDown(ObservedInstance instance) {
        return !instance.isReady()
                || !instance.patroni().map(patroni -> patroni.state().isUp()).orIfUnknown(true);
    }

    private static Optional<String> noPrimary(ObservedCluster observed) {
        return observed.leader()
                .map(leader -> leader.leads() ? Optional.<String>empty() : Optional.of(leader.name() + " to take over"))
                .orElse(Optional.of("a primary"));
    }

    /** A pod that was made anew is in service when it has all that its primary has, or nearly. */
    private static Optional<String> notInService(ObservedCluster observed, Map<String, List<Reason>> outdated) {
        return observed.instances().stream()
                .filter(instance -> !outdated.containsKey(instance.name()))
                .flatMap(
                        instance -> objection(instance, observed)
                                .map(objection -> instance.name() + " to be in service: it " + objection)
                                .stream())
                .findFirst();
    }

    private static Optional<String> objection(ObservedInstance instance, ObservedCluster observed) {
        if (!instance.isUp()) {
            return Optional.of("is not up");
        }
        return observed.leader()
                .filter(leader -> !leader.name().equals(instance.name()))
                .flatMap(leader -> SwitchoverPlanner.distance(instance, leader));
    }

    private static Optional<String> notMade(ObservedCluster observed) {
        int expected =
                observed.statefulSet().map(s -> s.getSpec().getReplicas()).orElse(0);
        return observed.instances().size() < expected
                ? Optional.of("the pod that is missing to be made")
                : Optional.empty();
    }

    private static PlannedStep recreate(ObservedInstance instance, List<Reason> reasons) {
        return new PlannedStep(recreate(instance), Impact.RECREATE, reasons);
    }

    private static Step recreate(ObservedInstance instance) {
        return new Step.RecreatePod(ObjectRef.of(instance.pod()), instance.uid());
    }

    private Map<String, List<Reason>> outdated(
            StatefulSet wanted,
            ObservedCluster observed,
            RolloutRules rules,
            boolean templateChanges,
            LostFields lost,
            List<Deferred> deferred) {
        var found = new TreeMap<String, List<Reason>>();
        for (var instance : observed.instances()) {
            if (!instance.isBeingDeleted()) {
                var reasons =
                        reasons(instance, wanted, templateChanges || !observed.isOfPresentRevision(instance), lost);
                if (reasons.stream().anyMatch(reason -> !rules.canWait(reason, instance))) {
                    found.put(instance.name(), reasons);
                } else if (!reasons.isEmpty()) {
                    deferred.add(
                            new Deferred(recreate(instance).text(), "it is made anew for another reason", reasons));
                }
            }
        }
        return found;
    }

    private List<Reason> reasons(
            ObservedInstance instance, StatefulSet wanted, boolean isOfAnotherTemplate, LostFields lost) {
        var reasons = new ArrayList<Reason>();
        if (isFlagged(instance)) {
            reasons.add(Reason.of(Reason.Code.POD_FLAGGED, "annotation " + Annotations.ROLLING_UPDATE_REQUIRED));
        }
        if (isOfAnotherTemplate) {
            Stream.concat(differences(wanted, instance.pod()).stream(), lost.of(instance).stream())
                    .map(difference -> Reason.of(Reason.Code.POD_OUTDATED, difference))
                    .forEach(reasons::add);
        }
        return reasons;
    }

    private static boolean isFlagged(ObservedInstance instance) {
        return Annotations.isTrue(instance.pod(), Annotations.ROLLING_UPDATE_REQUIRED);
    }

    /**
     * The pod's own fields against the template's; what Kubernetes or a webhook added to the pod does not count, nor do labels and
     * annotations that can be changed in place.
     */
    private List<FieldDifference> differences(StatefulSet wanted, Pod pod) {
        var template = wanted.getSpec().getTemplate();
        var asPod = new PodBuilder()
                .withNewMetadata()
                .withAnnotations(fixedAnnotations(template.getMetadata()))
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
        return SpecDiffer.missing(trees.of(asPod), trees.of(pod));
    }

    private static Map<String, String> fixedAnnotations(ObjectMeta template) {
        var fixed = new TreeMap<String, String>();
        if (template.getAnnotations() != null) {
            fixed.putAll(template.getAnnotations());
        }
        fixed.keySet().removeIf(annotation -> !PodMetadataPlanner.isFixed(annotation));
        return fixed;
    }
}
