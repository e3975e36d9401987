package dev.patronioperator.cluster.status;

import dev.patronioperator.api.PostgresqlStatus;

/** What a status says that is the cluster controller's to say: pooler and backup have controllers that write their own part of it. */
public final class OwnStatus {

    private OwnStatus() {}

    /** The status without what others wrote; null for a cluster without one. */
    public static PostgresqlStatus of(PostgresqlStatus status) {
        return status == null
                ? null
                : new PostgresqlStatus(
                        status.postgresClusterStatus(),
                        status.observedGeneration(),
                        status.conditions() == null
                                ? null
                                : status.conditions().stream()
                                        .filter(condition -> ClusterCondition.of(condition.getType())
                                                .isPresent())
                                        .toList(),
                        status.instances(),
                        status.plan(),
                        status.rollout(),
                        status.plannedWith(),
                        null,
                        null,
                        status.database());
    }
}
