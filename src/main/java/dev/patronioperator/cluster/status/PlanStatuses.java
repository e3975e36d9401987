package dev.patronioperator.cluster.status;

import java.util.List;

import dev.patronioperator.api.PlanStatus;
import dev.patronioperator.plan.Execution;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlanText;

/** The plan as the status shows it. */
final class PlanStatuses {

    private static final int LONGEST = 20;
    private static final int LONGEST_LINE = 300;

    private PlanStatuses() {}

    static PlanStatus of(Plan plan, Execution execution) {
        return new PlanStatus(
                PlanText.summary(plan),
                plan.impact().name(),
                shortened(PlanText.lines(plan)),
                shortened(PlanText.deferred(plan)),
                execution.pending().stream()
                        .findFirst()
                        .map(Outcome.Pending::waitingFor)
                        .orElse(null));
    }

    private static List<String> shortened(List<String> lines) {
        return lines.isEmpty()
                ? null
                : lines.stream()
                        .limit(LONGEST)
                        .map(line -> line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE - 1) + "…")
                        .toList();
    }
}
