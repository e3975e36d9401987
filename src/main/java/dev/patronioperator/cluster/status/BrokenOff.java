package dev.patronioperator.cluster.status;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.kubernetes.Conditions;
import dev.patronioperator.kubernetes.Conditions.Status;

/** The status of a cluster whose reconcile ended in an exception that nobody expected. Pure. */
public final class BrokenOff {

    private BrokenOff() {}

    /**
     * Everything as it was last seen, but that the operator could not go on. Only the exception's class is named: its message may hold whatever was at hand.
     *
     * @param before the status so far, whoever wrote it
     * @param generation of the manifest that was at work
     */
    public static PostgresqlStatus status(
            Optional<PostgresqlStatus> before, long generation, Exception unexpected, Instant now) {
        var own = before.map(OwnStatus::of);
        var previous = own.map(PostgresqlStatus::conditions);
        var degraded = new Conditions(previous.orElse(null), generation, now)
                .with(
                        ClusterCondition.DEGRADED.type(),
                        Status.TRUE,
                        ClusterReason.INTERNAL_ERROR.value(),
                        "The operator broke off its work on this cluster: "
                                + unexpected.getClass().getSimpleName()
                                + ". It tries again. The rest of this status is from before; the operator's log says where it broke off.")
                .build();
        var others = previous.stream()
                .flatMap(conditions -> conditions.stream())
                .filter(condition -> !ClusterCondition.DEGRADED.type().equals(condition.getType()));
        return new PostgresqlStatus(
                word(own).value(),
                own.map(PostgresqlStatus::observedGeneration).orElse(null),
                Stream.concat(others, degraded.stream()).toList(),
                own.map(PostgresqlStatus::instances).orElse(null),
                own.map(PostgresqlStatus::plan).orElse(null),
                own.map(PostgresqlStatus::rollout).orElse(null),
                own.map(PostgresqlStatus::plannedWith).orElse(null),
                null,
                null,
                own.map(PostgresqlStatus::database).orElse(null));
    }

    private static StatusWord word(Optional<PostgresqlStatus> before) {
        return before.map(PostgresqlStatus::postgresClusterStatus)
                        .filter(StatusWord::hasRun)
                        .isPresent()
                ? StatusWord.SYNC_FAILED
                : StatusWord.CREATE_FAILED;
    }
}
