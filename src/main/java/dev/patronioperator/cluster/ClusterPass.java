package dev.patronioperator.cluster;

import java.time.Duration;

import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.cluster.status.ClusterCondition;
import dev.patronioperator.kubernetes.Conditions;
import dev.patronioperator.plan.Execution;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.Step;

/** What one look at a cluster came to. */
record ClusterPass(Plan plan, Execution execution, PostgresqlStatus status) {

    /** A settled cluster is looked at now and then, in memory only, so that a leader key that runs out is noticed. */
    private static final Duration SETTLED = Duration.ofSeconds(30);

    /** While something is on its way watches wake us; this is for what they miss. */
    private static final Duration UNSETTLED = Duration.ofSeconds(5);

    /** What is inside a database that was just made is seen by the next look, and nothing wakes us for it; nor for what we write ourselves. */
    private static final Duration AT_ONCE = Duration.ofMillis(100);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    Duration checkAgainIn() {
        if (!execution.failures().isEmpty()) {
            return AFTER_FAILURE;
        }
        if (changedDatabase()) {
            return AT_ONCE;
        }
        boolean progressing = Conditions.isTrue(status.conditions(), ClusterCondition.PROGRESSING.type());
        return execution.checkAgainIn().orElse(progressing ? UNSETTLED : SETTLED);
    }

    private boolean changedDatabase() {
        return execution.results().stream()
                .filter(result -> result.step().step() instanceof Step.RunSql
                        || result.step().step() instanceof Step.RestoreLogin
                        || result.step().step() instanceof Step.EditSecret)
                .anyMatch(result -> result.outcome() instanceof Outcome.Done);
    }
}
