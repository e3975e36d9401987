package dev.patronioperator.controller.planning;

import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.HasMetadata;

import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.plan.FieldDifference;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

/** Plans one object of any kind: what makes it, what brings it back to what it should be, what takes it away. */
public final class ObjectPlanner {

    private final ObjectTrees trees;

    public ObjectPlanner(ObjectTrees trees) {
        this.trees = trees;
    }

    /** The step that makes an object that is not there. */
    public static PlannedStep make(HasMetadata wanted) {
        return PlannedStep.of(new Step.Apply(wanted), Impact.NONE, Reason.of(Reason.Code.MISSING));
    }

    /** The step that makes the object, or brings it back to what it should be in place; empty if it is as it should be. */
    public Optional<PlannedStep> apply(HasMetadata wanted, Optional<HasMetadata> found, Explanation why) {
        if (found.isEmpty()) {
            return Optional.of(make(wanted));
        }
        return change(wanted, differences(wanted, found.get()), why);
    }

    /** The step that makes these differences go away; empty if there are none. */
    public static Optional<PlannedStep> change(HasMetadata wanted, List<FieldDifference> differences, Explanation why) {
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new PlannedStep(Step.Apply.of(wanted, differences), Impact.NONE, reasons(differences, why)));
    }

    /** The step that takes an object away, once. */
    public static Optional<PlannedStep> delete(HasMetadata found, Impact impact, Reason reason) {
        return isBeingDeleted(found)
                ? Optional.empty()
                : Optional.of(PlannedStep.of(
                        new Step.Delete(ObjectRef.of(found), found.getMetadata().getUid()), impact, reason));
    }

    public List<FieldDifference> differences(HasMetadata wanted, HasMetadata found) {
        return trees.differences(wanted, found);
    }

    public static List<Reason> reasons(List<FieldDifference> differences, Explanation why) {
        return differences.stream()
                .map(difference -> Reason.of(why.code(), difference))
                .toList();
    }

    static boolean isBeingDeleted(HasMetadata object) {
        return object.getMetadata().getDeletionTimestamp() != null;
    }
}
