package dev.patronioperator.controller.planning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;

import dev.patronioperator.controller.observe.ObservedObjects;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.plan.FieldDifference;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

/**
 * Plans a part of a cluster that consists of objects only. Pure; a plan that has been carried out is followed by an empty one.
 *
 * <p>What is somebody else's under a name that the part needs is refused, what is somebody else's under a name that it does not need is
 * none of its business.
 */
public final class PartPlanner {

    private static final Duration CHECK_AGAIN = Duration.ofSeconds(5);

    private final ObjectPlanner each;

    public PartPlanner(ObjectTrees trees) {
        this.each = new ObjectPlanner(trees);
    }

    public Plan plan(PartObjects desired, ObservedObjects observed, Explanation why) {
        var steps = new ArrayList<PlannedStep>();
        desired.wanted()
                .forEach(wanted -> steps.addAll(observed.find(wanted)
                        .map(found -> bring(wanted, found, desired.ownership(), why))
                        .orElseGet(() -> List.of(ObjectPlanner.make(wanted)))));
        desired.unwanted().stream()
                .sorted()
                .flatMap(ref -> observed.find(ref).stream())
                .filter(found -> desired.ownership().objection(found).isEmpty())
                .flatMap(found -> ObjectPlanner.delete(found, Impact.NONE, Reason.of(Reason.Code.NOT_WANTED)).stream())
                .forEach(steps::add);
        desired.waitsFor().map(PartPlanner::await).ifPresent(steps::add);
        return new Plan(steps);
    }

    private List<PlannedStep> bring(HasMetadata wanted, HasMetadata found, Ownership ownership, Explanation why) {
        var objection = ownership.objection(found);
        if (objection.isPresent()) {
            return List.of(PlannedStep.of(
                    new Step.Refuse("take over " + ObjectRef.of(found)),
                    Impact.FORBIDDEN,
                    Reason.of(Reason.Code.REFUSED, objection.get())));
        }
        if (ObjectPlanner.isBeingDeleted(found)) {
            return List.of(await(ObjectRef.of(found) + " to be gone before it is made again"));
        }
        var differences = each.differences(wanted, found);
        if (differences.isEmpty()) {
            return List.of();
        }
        var reasons = ObjectPlanner.reasons(differences, why);
        return Stream.of(
                        differences.stream().anyMatch(difference -> isImmutable(wanted, difference))
                                ? new PlannedStep(
                                        new Step.Delete(
                                                ObjectRef.of(found),
                                                found.getMetadata().getUid()),
                                        Impact.RECREATE,
                                        reasons)
                                : new PlannedStep(new Step.Apply(wanted), impact(wanted, differences), reasons))
                .toList();
    }

    private static PlannedStep await(String what) {
        return PlannedStep.of(new Step.Await(what, CHECK_AGAIN), Impact.NONE, Reason.of(Reason.Code.MISSING));
    }

    /** A Deployment's selector cannot be changed: it is deleted, and made again by the next look. */
    private static boolean isImmutable(HasMetadata wanted, FieldDifference difference) {
        return wanted instanceof Deployment && difference.path().toString().startsWith("spec.selector");
    }

    /** Kubernetes makes the pods of a Deployment anew whenever its template changes, one after the other. */
    private static Impact impact(HasMetadata wanted, List<FieldDifference> differences) {
        return wanted instanceof Deployment
                        && differences.stream()
                                .anyMatch(difference ->
                                        difference.path().toString().startsWith("spec.template"))
                ? Impact.RECREATE
                : Impact.NONE;
    }
}
