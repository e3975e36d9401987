package dev.patronioperator.controller.planning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;

import dev.patronioperator.controller.observe.ObservedObjects;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.kubernetes.naming.Annotations;
import dev.patronioperator.plan.Deferred;
import dev.patronioperator.plan.FieldDifference;
import dev.patronioperator.plan.Fingerprint;
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
    private static final String UNTIL =
            "an edit changes its pods anyway, or " + Annotations.APPROVE_DEFERRED + ": \"true\" is set on the manifest";

    private final ObjectTrees trees;
    private final ObjectPlanner each;

    public PartPlanner(ObjectTrees trees) {
        this.trees = trees;
        this.each = new ObjectPlanner(trees);
    }

    /**
     * A plan, and what it leaves.
     *
     * @param left fingerprints of the pod templates that are wanted and left, by name: for {@link PartAdoption}
     */
    public record Planned(Plan plan, Map<String, String> left) {}

    public Planned plan(
            PartObjects desired,
            ObservedObjects observed,
            Explanation why,
            PartAdoption adoption,
            PartRepairs repairs) {
        var steps = new ArrayList<PlannedStep>();
        var deferred = new ArrayList<Deferred>();
        var left = new TreeMap<String, String>();
        for (var wanted : desired.wanted()) {
            var found = observed.find(wanted);
            var step = found.flatMap(object -> bring(wanted, object, desired.ownership(), why));
            if (found.isEmpty()) {
                steps.add(ObjectPlanner.make(wanted));
            } else if (step.filter(planned ->
                            planned.impact() == Impact.RECREATE && adoption.leaves(found.get(), template(wanted), why))
                    .isPresent()) {
                deferred.add(left(step.get()));
                left.put(wanted.getMetadata().getName(), template(wanted));
            } else {
                step.map(planned -> repairs.orRefuse(planned, wanted, template(wanted)))
                        .ifPresent(steps::add);
            }
        }
        desired.unwanted().stream()
                .sorted()
                .flatMap(ref -> observed.find(ref).stream())
                .filter(found -> desired.ownership().objection(found).isEmpty())
                .flatMap(found -> ObjectPlanner.delete(found, Impact.NONE, Reason.of(Reason.Code.NOT_WANTED)).stream())
                .forEach(steps::add);
        desired.waitsFor().map(PartPlanner::await).ifPresent(steps::add);
        return new Planned(new Plan(steps, deferred), left);
    }

    /** Fingerprints of the pod templates that are wanted, by name. */
    public Map<String, String> templates(PartObjects desired) {
        var templates = new TreeMap<String, String>();
        desired.wanted().stream()
                .filter(Deployment.class::isInstance)
                .forEach(wanted -> templates.put(wanted.getMetadata().getName(), template(wanted)));
        return templates;
    }

    /** Of the pods that are wanted: what else an edit changes is no reason to replace them. */
    private String template(HasMetadata wanted) {
        return trees.of(wanted).get("spec") instanceof Map<?, ?> spec
                ? Fingerprint.of(Collections.singletonMap("template", spec.get("template")))
                : "";
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
