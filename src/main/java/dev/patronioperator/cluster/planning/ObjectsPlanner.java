package dev.patronioperator.cluster.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;

import dev.patronioperator.cluster.desired.DesiredObjects;
import dev.patronioperator.cluster.desired.SecretTemplate;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.controller.planning.ObjectPlanner;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.kubernetes.naming.Annotations;
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

    private final ObjectPlanner each;
    private final ObjectTrees trees;

    ObjectsPlanner(ObjectTrees trees) {
        this.each = new ObjectPlanner(trees);
        this.trees = trees;
    }

    /** Secrets come first: pods that find none would fail to start. */
    List<PlannedStep> secrets(DesiredObjects desired, ObservedCluster observed, Explanation why) {
        return desired.secrets().stream()
                .flatMap(secret -> secret(secret, observed, why).stream())
                .toList();
    }

    private Optional<PlannedStep> secret(SecretTemplate wanted, ObservedCluster observed, Explanation why) {
        return observed.find(ObjectRef.of(wanted.secret()))
                .map(found -> (Secret) found)
                .map(found -> apply(wanted.keepingLogin(found), observed, why)
                        .map(step -> wanted.isMisnamed(found) ? misnamed(step) : step))
                .orElseGet(() -> Optional.of(PlannedStep.of(
                        new Step.CreateSecret(wanted.secret(), wanted.generatedKeys()),
                        Impact.NONE,
                        Reason.of(Reason.Code.MISSING))));
    }

    /** The difference itself is not shown: what Secrets hold is hidden. */
    private static PlannedStep misnamed(PlannedStep step) {
        var reasons = new ArrayList<>(List.of(Reason.of(
                Reason.Code.DRIFT, "its username was another one than that of its role, and was not followed")));
        reasons.addAll(step.reasons());
        return new PlannedStep(step.step(), step.impact(), reasons);
    }

    /** The step that makes the object, or brings it back to what it should be; empty if it is as it should be. */
    Optional<PlannedStep> apply(HasMetadata wanted, ObservedCluster observed, Explanation why) {
        var found = observed.find(ObjectRef.of(wanted));
        return found.isPresent() && isSharedBetweenClusters(wanted)
                ? ObjectPlanner.change(wanted, ofCloud(differences(wanted, found.get())), why)
                : each.apply(wanted, found, why);
    }

    /** The step that brings an object that exists back to what it should be; empty if it is as it should be. */
    Optional<PlannedStep> change(HasMetadata wanted, HasMetadata found, Explanation why) {
        return each.apply(wanted, Optional.of(found), why);
    }

    /** Of what clusters share, only the role that AWS lends to the account follows the configuration. */
    private static List<FieldDifference> ofCloud(List<FieldDifference> differences) {
        return differences.stream()
                .filter(difference -> difference.path().lastField().equals(Annotations.IRSA_ROLE_ARN))
                .toList();
    }

    /** All clusters of a namespace use the same account; what people did to it (pull secrets, annotations) is theirs. */
    private static boolean isSharedBetweenClusters(HasMetadata object) {
        return object instanceof ServiceAccount || object instanceof RoleBinding;
    }

    /** What nothing asks for any more and is there. */
    List<PlannedStep> deletions(DesiredObjects desired, ObservedCluster observed) {
        return Stream.concat(
                        desired.unwanted().stream().sorted().flatMap(ref -> observed.find(ref).stream()),
                        budgetsOfOtherNames(desired, observed))
                .flatMap(
                        object -> ObjectPlanner.delete(object, Impact.NONE, Reason.of(Reason.Code.NOT_WANTED)).stream())
                .toList();
    }

    /**
     * Budgets that were ours under a name of another configuration. They go after those of the new name were made: a budget is never
     * missing for a moment, and Kubernetes evicts no pod that two of them select.
     */
    private Stream<HasMetadata> budgetsOfOtherNames(DesiredObjects desired, ObservedCluster observed) {
        var wanted = desired.objects().stream().map(ObjectRef::of).collect(Collectors.toSet());
        return observed.objects().entrySet().stream()
                .filter(found -> found.getValue() instanceof PodDisruptionBudget)
                .filter(found -> !wanted.contains(found.getKey()))
                .filter(found -> trees.ownership(found.getValue()).isOurs())
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue);
    }

    List<FieldDifference> differences(HasMetadata wanted, HasMetadata found) {
        return each.differences(wanted, found);
    }

    static List<Reason> reasons(List<FieldDifference> differences, Explanation why) {
        return ObjectPlanner.reasons(differences, why);
    }
}
