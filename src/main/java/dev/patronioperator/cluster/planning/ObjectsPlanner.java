package dev.patronioperator.cluster.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;

import dev.patronioperator.cluster.desired.DesiredObjects;
import dev.patronioperator.cluster.desired.SecretTemplate;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.plan.FieldDifference;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

/**
 * Plans the objects that can be changed in place without anybody noticing: everything but the StatefulSet, which has {@linkplain
 * StatefulSetPlanner a planner of its own}.
 */
final class ObjectsPlanner {

    private final ObjectTrees trees;

    ObjectsPlanner(ObjectTrees trees) {
        this.trees = trees;
    }

    /** Secrets come first: pods that find none would fail to start. */
    List<PlannedStep> secrets(DesiredObjects desired, ObservedCluster observed, Explanation why) {
        return desired.secrets().stream()
                .flatMap(secret -> secret(secret, observed, why).stream())
                .toList();
    }

    private Optional<PlannedStep> secret(SecretTemplate wanted, ObservedCluster observed, Explanation why) {
        return observed.find(ObjectRef.of(wanted.secret())).isEmpty()
                ? Optional.of(PlannedStep.of(
                        new Step.CreateSecret(wanted.secret(), wanted.generatedKeys()),
                        Impact.NONE,
                        Reason.of(Reason.Code.MISSING)))
                : apply(wanted.secret(), observed, why);
    }

    /** The step that makes the object, or brings it back to what it should be; empty if it is as it should be. */
    Optional<PlannedStep> apply(HasMetadata wanted, ObservedCluster observed, Explanation why) {
        var found = observed.find(ObjectRef.of(wanted));
        if (found.isEmpty()) {
            return Optional.of(PlannedStep.of(new Step.Apply(wanted), Impact.NONE, Reason.of(Reason.Code.MISSING)));
        }
        if (isSharedBetweenClusters(wanted)) {
            return Optional.empty();
        }
        var differences = differences(wanted, found.get());
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new PlannedStep(Step.Apply.of(wanted, differences), Impact.NONE, reasons(differences, why)));
    }

    /** All clusters of a namespace use the same account; what people did to it (pull secrets, annotations) is theirs. */
    private static boolean isSharedBetweenClusters(HasMetadata object) {
        return object instanceof ServiceAccount || object instanceof RoleBinding;
    }

    /** What nothing asks for any more and is there. */
    List<PlannedStep> deletions(DesiredObjects desired, ObservedCluster observed) {
        var steps = new ArrayList<PlannedStep>();
        desired.unwanted().stream().sorted().forEach(ref -> observed.find(ref)
                .filter(object -> object.getMetadata().getDeletionTimestamp() == null)
                .ifPresent(object -> steps.add(PlannedStep.of(
                        new Step.Delete(ref, object.getMetadata().getUid()),
                        Impact.NONE,
                        Reason.of(Reason.Code.NOT_WANTED)))));
        return steps;
    }

    List<FieldDifference> differences(HasMetadata wanted, HasMetadata found) {
        return trees.differences(wanted, found);
    }

    static List<Reason> reasons(List<FieldDifference> differences, Explanation why) {
        return differences.stream()
                .map(difference -> Reason.of(why.code(), difference))
                .toList();
    }
}
