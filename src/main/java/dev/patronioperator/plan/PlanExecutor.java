package dev.patronioperator.plan;

import java.time.Duration;
import java.util.ArrayList;

/**
 * Carries a plan out in order.
 *
 * <p>One disruptive step at a time: once a disruptive step is pending or failed, or has just been done, no further disruptive step
 * begins in this pass, because the next one was planned for a world that has changed. Harmless steps go on whatever happens to the
 * others, so that one broken certificate does not stop a user from being made.
 */
public final class PlanExecutor {

    private static final Duration AFTER_DISRUPTION = Duration.ofSeconds(2);

    private PlanExecutor() {}

    public static Execution execute(Plan plan, Effects effects) {
        var results = new ArrayList<Execution.Result>();
        PlannedStep disruption = null;
        for (var step : plan.steps()) {
            boolean heldBack = disruption != null && keepsItsPlace(step);
            var outcome = heldBack
                    ? new Outcome.Pending("\"" + disruption.step().text() + "\" comes first", AFTER_DISRUPTION)
                    : effects.carryOut(step);
            results.add(new Execution.Result(step, outcome));
            if (!heldBack && blocksFurtherDisruption(step, outcome)) {
                disruption = step;
            }
        }
        return new Execution(results);
    }

    /** What is said to a pooler is meant for the disruption that is planned next to it. */
    private static boolean keepsItsPlace(PlannedStep step) {
        return step.impact().isDisruptive()
                || step.step() instanceof Step.Await
                || step.step() instanceof Step.PausePooler
                || step.step() instanceof Step.ResumePooler;
    }

    private static boolean blocksFurtherDisruption(PlannedStep step, Outcome outcome) {
        boolean waits = step.step() instanceof Step.Await;
        return (step.impact().isDisruptive() || waits) && !(outcome instanceof Outcome.Unchanged);
    }
}
