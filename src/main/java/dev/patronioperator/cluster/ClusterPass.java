package dev.patronioperator.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Condition;

import dev.patronioperator.api.DatabaseStatus;
import dev.patronioperator.api.PlannedWith;
import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.cluster.status.ClusterCondition;
import dev.patronioperator.kubernetes.Conditions;
import dev.patronioperator.plan.Execution;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.Step;

/**
 * What one look at a cluster came to.
 *
 * @param at when it was
 */
record ClusterPass(Plan plan, Execution execution, PostgresqlStatus status, Instant at) {

    /** A settled cluster is looked at now and then, in memory only, so that a leader key that runs out is noticed. */
    private static final Duration SETTLED = Duration.ofSeconds(30);

    /** While something is on its way watches wake us; this is for what they miss. What takes long is looked at less often. */
    private static final Duration UNSETTLED = Duration.ofSeconds(5);

    /**
     * Nothing wakes us for what we write ourselves, nor for what is inside a database that was just made: the next look sees it, and says how things are then. Who
     * writes again and again quarrels with somebody, and does so less often in time.
     */
    private static final Duration AT_ONCE = Duration.ofMillis(100);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    Duration checkAgainIn() {
        if (!execution.failures().isEmpty()) {
            return AFTER_FAILURE;
        }
        if (changedDatabase()) {
            return AT_ONCE;
        }
        return execution.checkAgainIn().orElseGet(() -> {
            if (execution.done() > 0) {
                return within(AT_ONCE, progressingSince().dividedBy(4), UNSETTLED);
            }
            return isProgressing() ? within(UNSETTLED, progressingSince().dividedBy(2), SETTLED) : SETTLED;
        });
    }

    /**
     * Whether all has been done that was to be done, so that the next look, which follows at once, says something else of the cluster. What only this one knows has
     * to be said all the same.
     *
     * @param before the status that the cluster has
     */
    boolean isOvertakenAtOnce(Optional<PostgresqlStatus> before) {
        var isDone = execution.done() > 0
                && execution.failures().isEmpty()
                && execution.pending().isEmpty();
        return isDone && status.rollout() == null && !remembersMore(before);
    }

    private boolean remembersMore(Optional<PostgresqlStatus> before) {
        var rolledOut = before.map(PostgresqlStatus::plannedWith).map(PlannedWith::rolledOut);
        var foundRight = before.map(PostgresqlStatus::database).map(DatabaseStatus::foundRightWith);
        return !Objects.equals(
                        rolledOut, Optional.ofNullable(status.plannedWith()).map(PlannedWith::rolledOut))
                || changedDatabase() && foundRight.isPresent();
    }

    private boolean isProgressing() {
        return Conditions.isTrue(status.conditions(), ClusterCondition.PROGRESSING.type());
    }

    private Duration progressingSince() {
        return Conditions.find(status.conditions(), ClusterCondition.PROGRESSING.type())
                .filter(condition -> isProgressing())
                .map(Condition::getLastTransitionTime)
                .map(since -> Duration.between(Instant.parse(since), at))
                .orElse(Duration.ZERO);
    }

    private static Duration within(Duration least, Duration wanted, Duration most) {
        if (wanted.compareTo(least) < 0) {
            return least;
        }
        return wanted.compareTo(most) > 0 ? most : wanted;
    }

    private boolean changedDatabase() {
        return execution.results().stream()
                .filter(result -> result.step().step() instanceof Step.RunSql
                        || result.step().step() instanceof Step.RestoreLogin
                        || result.step().step() instanceof Step.EditSecret)
                .anyMatch(result -> result.outcome() instanceof Outcome.Done);
    }
}
