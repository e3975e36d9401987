package dev.patronioperator.cluster.planning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.plan.FieldDifference;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

/**
 * Plans the StatefulSet itself. Its update strategy is {@code OnDelete}, so that a changed template disturbs nobody until {@link
 * RolloutPlanner} has pods made anew.
 *
 * <p>Fields that Kubernetes does not allow to change are changed by deleting the StatefulSet without its pods and making it again.
 * Taking members away is disruptive and waits until the primary is not among them.
 */
final class StatefulSetPlanner {

    /** All others can be changed in place (Kubernetes 1.27 and later; see the API's ValidateStatefulSetUpdate). */
    private static final Set<String> IMMUTABLE =
            Set.of("volumeClaimTemplates", "selector", "serviceName", "podManagementPolicy");

    private static final Duration CHECK_AGAIN = Duration.ofSeconds(2);

    private final ObjectsPlanner objects;

    StatefulSetPlanner(ObjectsPlanner objects) {
        this.objects = objects;
    }

    List<PlannedStep> plan(StatefulSet wanted, ObservedCluster observed, Explanation why) {
        var found = observed.statefulSet();
        if (found.isEmpty()) {
            return List.of(PlannedStep.of(new Step.Apply(wanted), Impact.NONE, Reason.of(Reason.Code.MISSING)));
        }
        if (found.get().getMetadata().getDeletionTimestamp() != null) {
            return List.of(PlannedStep.of(
                    new Step.Await("the StatefulSet to be gone before it is made again", CHECK_AGAIN),
                    Impact.NONE,
                    Reason.of(Reason.Code.NOT_WANTED)));
        }
        var differences = objects.differences(wanted, found.get());
        if (differences.isEmpty()) {
            return List.of();
        }
        var reasons = ObjectsPlanner.reasons(differences, why);
        if (differences.stream().anyMatch(StatefulSetPlanner::isImmutable)) {
            var uid = found.get().getMetadata().getUid();
            return List.of(new PlannedStep(new Step.ReplaceStatefulSet(wanted, uid), Impact.NONE, reasons));
        }
        var apply = Step.Apply.of(wanted, differences);
        var steps = new ArrayList<PlannedStep>();
        if (takesMembersAway(wanted, found.get())) {
            SwitchoverPlanner.beforeScaleIn(wanted.getSpec().getReplicas(), observed)
                    .ifPresent(steps::add);
            steps.add(new PlannedStep(apply, Impact.RECREATE, reasons));
        } else {
            steps.add(new PlannedStep(apply, Impact.NONE, reasons));
        }
        return steps;
    }

    /** What is to change on the StatefulSet; nothing if it is yet to be made. */
    List<FieldDifference> differences(StatefulSet wanted, ObservedCluster observed) {
        return observed.statefulSet()
                .map(found -> objects.differences(wanted, found))
                .orElse(List.of());
    }

    private static boolean isImmutable(FieldDifference difference) {
        var segments = difference.path().segments();
        return segments.size() > 1 && IMMUTABLE.contains(segments.get(1).toString());
    }

    private static boolean takesMembersAway(StatefulSet wanted, StatefulSet found) {
        return wanted.getSpec().getReplicas() < found.getSpec().getReplicas();
    }
}
