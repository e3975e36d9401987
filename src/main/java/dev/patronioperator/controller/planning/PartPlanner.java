package dev.patronioperator.controller.planning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;

import dev.patronioperator.controller.observe.ObservedObjects;
import dev.patronioperator.kubernetes.FieldManagers;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.plan.Deferred;
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
    private static final String UNTIL = "the manifest or the operator's configuration is edited";

    private final ObjectPlanner each;

    public PartPlanner(ObjectTrees trees) {
        this.each = new ObjectPlanner(trees);
    }

    /**
     * @param firstSight whether the part was never planned before
     */
    public Plan plan(PartObjects desired, ObservedObjects observed, Explanation why, boolean firstSight) {
        var steps = new ArrayList<PlannedStep>();
        var deferred = new ArrayList<Deferred>();
        for (var wanted : desired.wanted()) {
            var found = observed.find(wanted);
            var step = found.flatMap(object -> bring(wanted, object, desired.ownership(), why));
            if (found.isEmpty()) {
                steps.add(ObjectPlanner.make(wanted));
            } else if (step.filter(planned -> isLeft(planned, found.get(), why, firstSight))
                    .isPresent()) {
                deferred.add(left(step.get()));
            } else {
                step.ifPresent(steps::add);
            }
        }
        desired.unwanted().stream()
                .sorted()
                .flatMap(ref -> observed.find(ref).stream())
                .filter(found -> desired.ownership().objection(found).isEmpty())
                .flatMap(found -> ObjectPlanner.delete(found, Impact.NONE, Reason.of(Reason.Code.NOT_WANTED)).stream())
                .forEach(steps::add);
        desired.waitsFor().map(PartPlanner::await).ifPresent(steps::add);
        return new Plan(steps, deferred);
    }

    /**
     * Taking over what the peer made replaces no pod. A difference that was there on first sight is left until an edit of manifest or
     * configuration has the object written anyway.
     */
    private static boolean isLeft(PlannedStep step, HasMetadata found, Explanation why, boolean firstSight) {
        boolean edited = why.newManifest() || why.newConfiguration();
        return step.impact() == Impact.RECREATE && FieldManagers.isStillThePeers(found) && (firstSight || !edited);
    }

    private static Deferred left(PlannedStep step) {
        return new Deferred(step.step().text(), UNTIL, step.reasons());
    }

    private Optional<PlannedStep> bring(HasMetadata wanted, HasMetadata found, Ownership ownership, Explanation why) {
        var objection = ownership.objection(found);
        if (objection.isPresent()) {
            return Optional.of(PlannedStep.of(
                    new Step.Refuse("take over " + ObjectRef.of(found)),
                    Impact.FORBIDDEN,
                    Reason.of(Reason.Code.REFUSED, objection.get())));
        }
        if (ObjectPlanner.isBeingDeleted(found)) {
            return Optional.of(await(ObjectRef.of(found) + " to be gone before it is made again"));
        }
        var differences = each.differences(wanted, found);
        return differences.isEmpty() ? Optional.empty() : Optional.of(change(wanted, found, differences, why));
    }

    private static PlannedStep change(
            HasMetadata wanted, HasMetadata found, List<FieldDifference> differences, Explanation why) {
        var reasons = ObjectPlanner.reasons(differences, why);
        return differences.stream().anyMatch(difference -> isImmutable(wanted, difference))
                ? new PlannedStep(
                        new Step.Delete(ObjectRef.of(found), found.getMetadata().getUid()), Impact.RECREATE, reasons)
                : new PlannedStep(Step.Apply.of(wanted, differences), impact(wanted, differences), reasons);
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
