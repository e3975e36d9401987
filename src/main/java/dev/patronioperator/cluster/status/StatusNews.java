package dev.patronioperator.cluster.status;

import java.util.List;
import java.util.Objects;

import io.fabric8.kubernetes.api.model.Condition;

import dev.patronioperator.api.DatabaseStatus;
import dev.patronioperator.api.PlanStatus;
import dev.patronioperator.api.PlannedWith;
import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.api.RolloutStatus;
import dev.patronioperator.kubernetes.Conditions;

/** How much it matters to people that a cluster's status is not what it was. */
public enum StatusNews {
    /** It is the same. */
    NONE,

    /** Something that was said to be under way has come a little further. It may be told together with what comes next. */
    PROGRESS,

    /** Everything else, among it whatever went wrong: told at once. */
    NEWS;

    /**
     * What is new.
     *
     * @param before null for a cluster without a status
     */
    public static StatusNews between(PostgresqlStatus before, PostgresqlStatus after) {
        if (after.equals(before)) {
            return NONE;
        }
        var isUnderWay = Conditions.isTrue(after.conditions(), ClusterCondition.PROGRESSING.type());
        return before != null && isUnderWay && Objects.equals(Essence.of(before), Essence.of(after)) ? PROGRESS : NEWS;
    }

    /** The status without how far it is: instances that come up, and what is waited for. */
    private record Essence(
            String word,
            Long generation,
            List<Said> conditions,
            PlanStatus plan,
            RolloutStatus rollout,
            PlannedWith plannedWith,
            DatabaseStatus database) {

        private record Said(String type, String status, String reason, String message) {}

        static Essence of(PostgresqlStatus status) {
            return new Essence(
                    status.postgresClusterStatus(),
                    status.observedGeneration(),
                    status.conditions() == null
                            ? List.of()
                            : status.conditions().stream().map(Essence::said).toList(),
                    status.plan(),
                    status.rollout(),
                    status.plannedWith(),
                    status.database());
        }

        private static Said said(Condition condition) {
            return new Said(
                    condition.getType(),
                    condition.getStatus(),
                    condition.getReason(),
                    tellsHowFar(condition) ? "" : condition.getMessage());
        }

        private static boolean tellsHowFar(Condition condition) {
            return ClusterCondition.PROGRESSING.type().equals(condition.getType())
                    || ClusterReason.CREATING.value().equals(condition.getReason());
        }
    }
}
