package dev.patronioperator.plan;

import java.util.List;

/**
 * A step of a plan with what it costs and why it is there.
 *
 * @param reasons all of them, in the order of the fields; never empty
 */
public record PlannedStep(Step step, Impact impact, List<Reason> reasons) {

    public PlannedStep {
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("a step without a reason: " + step.text());
        }
    }

    public static PlannedStep of(Step step, Impact impact, Reason reason) {
        return new PlannedStep(step, impact, List.of(reason));
    }
}
