package dev.patronioperator.cluster.planning;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.patronioperator.cluster.desired.ConnectionUris;
import dev.patronioperator.cluster.desired.RoleCredentials;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

/** Plans that connection URIs say what user and password beside them say. Pure. */
public final class ConnectionUriPlanner {

    private ConnectionUriPlanner() {}

    /** @param rotations what else is about to change Secrets; it sees to the URIs in them */
    public static List<PlannedStep> plan(ClusterModel model, ObservedCluster observed, List<PlannedStep> rotations) {
        var changed = changed(rotations);
        return model.roles().all().stream()
                .filter(role -> role.keepsSecret() && role.canLogIn())
                .flatMap(role -> RoleCredentials.find(model, role, observed.objects()).stream())
                .filter(found -> !found.isMisnamed())
                .filter(found -> !changed.contains(ObjectRef.of(found.secret())))
                .flatMap(found -> plan(model, found).stream())
                .toList();
    }

    private static Set<ObjectRef> changed(List<PlannedStep> steps) {
        return steps.stream()
                .map(PlannedStep::step)
                .filter(Step.EditSecret.class::isInstance)
                .map(step -> ((Step.EditSecret) step).object())
                .collect(Collectors.toSet());
    }

    private static Optional<PlannedStep> plan(ClusterModel model, RoleCredentials found) {
        var missing = ConnectionUris.of(model, found.role()).missing(model, found);
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(PlannedStep.of(
                        new Step.EditSecret(
                                ObjectRef.of(found.secret()),
                                "Write " + String.join(" and ", missing.keySet()) + " into",
                                missing),
                        Impact.NONE,
                        Reason.of(Reason.Code.CONFIGURATION, "they say what username and password say")));
    }
}
