package dev.patronioperator.cluster.planning;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.plan.Deferred;
import dev.patronioperator.plan.FieldPath;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

/**
 * Plans the size of the data volumes. They grow while the database runs; a smaller size is refused, because Kubernetes cannot shrink a
 * volume, and is not written into the StatefulSet either: new members would get volumes too small for their data.
 */
final class VolumePlanner {

    private static final FieldPath SIZE = FieldPath.of("spec.volume.size");

    private VolumePlanner() {}

    /** The StatefulSet as wanted, but never with a smaller volume than there is. */
    static StatefulSet withoutShrinking(StatefulSet wanted, ObservedCluster observed) {
        return observed.statefulSet()
                .filter(found -> isLess(template(wanted), template(found)))
                .map(found -> new StatefulSetBuilder(wanted)
                        .editSpec()
                        .editFirstVolumeClaimTemplate()
                        .editSpec()
                        .editResources()
                        .addToRequests("storage", template(found).orElseThrow())
                        .endResources()
                        .endSpec()
                        .endVolumeClaimTemplate()
                        .endSpec()
                        .build())
                .orElse(wanted);
    }

    /** Claims to grow, and what is refused. */
    static List<PlannedStep> plan(StatefulSet wanted, ObservedCluster observed, Explanation why) {
        var size = template(wanted);
        if (size.isEmpty()) {
            return List.of();
        }
        var steps = new ArrayList<PlannedStep>();
        observed.claims().stream()
                .filter(claim -> isLess(request(claim), size))
                .forEach(claim -> steps.add(PlannedStep.of(
                        new Step.GrowVolume(ObjectRef.of(claim), size.get()),
                        Impact.NONE,
                        reason(why.code(), claim, size.get()))));
        present(observed)
                .filter(largest -> isLess(size, Optional.of(largest)))
                .ifPresent(largest -> steps.add(PlannedStep.of(
                        new Step.Refuse("shrink the data volumes from " + largest + " to " + size.get()),
                        Impact.FORBIDDEN,
                        new Reason(
                                Reason.Code.REFUSED,
                                Optional.of(SIZE),
                                largest.toString(),
                                size.get().toString()))));
        return steps;
    }

    /** With {@code storage_resize_mode: off} volumes grow by somebody else's hand; only new ones have the new size. */
    static Deferred leftToOthers(PlannedStep growing) {
        return new Deferred(
                growing.step().text(),
                "somebody else does it, or storage_resize_mode is another than off",
                growing.reasons());
    }

    private static Reason reason(Reason.Code code, PersistentVolumeClaim claim, Quantity size) {
        return new Reason(
                code, Optional.of(SIZE), request(claim).map(Quantity::toString).orElse(""), size.toString());
    }

    /** The largest volume there is, or is to be. */
    private static Optional<Quantity> present(ObservedCluster observed) {
        return Stream.concat(
                        observed.claims().stream().flatMap(claim -> request(claim).stream()),
                        observed.statefulSet().stream().flatMap(set -> template(set).stream()))
                .max(Comparator.comparing(VolumePlanner::bytes));
    }

    private static Optional<Quantity> template(StatefulSet set) {
        return set.getSpec().getVolumeClaimTemplates() == null
                ? Optional.empty()
                : set.getSpec().getVolumeClaimTemplates().stream().findFirst().flatMap(VolumePlanner::request);
    }

    private static Optional<Quantity> request(PersistentVolumeClaim claim) {
        return Optional.ofNullable(claim.getSpec().getResources())
                .map(r -> r.getRequests())
                .map(r -> r.get("storage"));
    }

    private static boolean isLess(Optional<Quantity> one, Optional<Quantity> other) {
        return one.isPresent() && other.isPresent() && bytes(one.get()).compareTo(bytes(other.get())) < 0;
    }

    private static BigDecimal bytes(Quantity quantity) {
        return Quantity.getAmountInBytes(quantity);
    }
}
