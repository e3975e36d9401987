package dev.patronioperator.cluster.planning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;

import dev.patronioperator.cluster.desired.DesiredObjects;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

/**
 * Keeps away from objects of others that have a name which the cluster needs: they are refused, and the rest of the cluster goes on. Only
 * where the cluster's own pods would do harm they are not made: Patroni writes its leader into the Endpoints, and the members would take
 * the Secret's password for theirs. While another has the name of the StatefulSet, nothing is done at all.
 *
 * @param free what is wanted and can be had
 * @param refusals one for each name that is taken, in the order of what is wanted
 */
record TakenNames(DesiredObjects free, List<PlannedStep> refusals) {

    /** Nobody tells when an object of others goes. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    static TakenNames of(DesiredObjects desired, ObservedCluster observed) {
        if (observed.taken().isEmpty()) {
            return new TakenNames(desired, List.of());
        }
        var taken = wanted(desired)
                .filter(object -> observed.taken().containsKey(ObjectRef.of(object)))
                .toList();
        var steps = new ArrayList<PlannedStep>();
        taken.forEach(object -> steps.add(refusal(object, observed)));
        boolean harmful = observed.statefulSet().isEmpty()
                && taken.stream().anyMatch(object -> !(object instanceof PodDisruptionBudget));
        if (harmful) {
            steps.add(await(taken));
        }
        return new TakenNames(
                desired.with(
                        desired.objects().stream()
                                .filter(object -> !taken.contains(object))
                                .filter(object -> !(harmful && object instanceof StatefulSet))
                                .toList(),
                        desired.secrets().stream()
                                .filter(secret -> !taken.contains(secret.secret()))
                                .toList()),
                steps);
    }

    /** Whether another has the name of the StatefulSet, and with it the names of all pods and volumes. */
    static boolean isAll(DesiredObjects desired, ObservedCluster observed) {
        return desired.objects().stream().filter(StatefulSet.class::isInstance).anyMatch(set -> observed.taken()
                .containsKey(ObjectRef.of(set)));
    }

    private static Stream<HasMetadata> wanted(DesiredObjects desired) {
        return Stream.concat(
                desired.secrets().stream().map(secret -> secret.secret()),
                desired.objects().stream().map(object -> object));
    }

    private static PlannedStep refusal(HasMetadata wanted, ObservedCluster observed) {
        var ref = ObjectRef.of(wanted);
        return PlannedStep.of(
                new Step.Refuse("take over " + ref),
                Impact.FORBIDDEN,
                Reason.of(Reason.Code.NAME_TAKEN, observed.taken().get(ref)));
    }

    private static PlannedStep await(List<HasMetadata> taken) {
        return PlannedStep.of(
                new Step.Await(
                        taken.stream()
                                .map(ObjectRef::of)
                                .map(ObjectRef::toString)
                                .collect(Collectors.joining(" and ", "", " of others to be gone")),
                        LOOK_AGAIN),
                Impact.NONE,
                Reason.of(Reason.Code.MISSING));
    }
}
