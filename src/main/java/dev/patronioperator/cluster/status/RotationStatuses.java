package dev.patronioperator.cluster.status;

import java.util.List;
import java.util.Optional;

import dev.patronioperator.api.RotationStatus;
import dev.patronioperator.cluster.desired.RoleCredentials;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.observe.ObservedCluster;

/** Whose passwords are changed next, and when, as their Secrets say. */
public final class RotationStatuses {

    private RotationStatuses() {}

    /** In the order of the model's roles; roles that wait for their first date are not among them. */
    public static List<RotationStatus> of(ClusterModel model, ObservedCluster observed) {
        return model.roles().all().stream()
                .filter(role -> model.roles().rotation().of(role).isPresent())
                .flatMap(role -> RoleCredentials.find(model, role, observed.objects()).stream())
                .flatMap(found -> status(found).stream())
                .toList();
    }

    private static Optional<RotationStatus> status(RoleCredentials found) {
        return found.nextRotation().map(next -> new RotationStatus(found.role().name(), found.user(), next.toString()));
    }
}
