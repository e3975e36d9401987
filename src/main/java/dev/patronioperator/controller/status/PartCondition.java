package dev.patronioperator.controller.status;

import java.util.function.Supplier;

import dev.patronioperator.controller.observe.ObservedObjects;
import dev.patronioperator.kubernetes.Conditions.Status;
import dev.patronioperator.plan.Execution;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

import static java.util.stream.Collectors.joining;

/** What the condition of a part of a cluster says: first of all what keeps its objects from being as they should be. */
public final class PartCondition {

    private PartCondition() {}

    /** A condition without its type and times. */
    public record Finding(Status status, PartReason reason, String message) {

        public static Finding holds(PartReason reason, String message) {
            return new Finding(Status.TRUE, reason, message);
        }

        public static Finding fails(PartReason reason, String message) {
            return new Finding(Status.FALSE, reason, message);
        }
    }

    /**
     * @param settled what the objects say, once nothing is wrong with them
     */
    public static Finding of(
            Known<ObservedObjects> observed, Plan plan, Execution execution, Supplier<Finding> settled) {
        if (observed instanceof Known.Unknown<ObservedObjects>(String because)) {
            return new Finding(Status.UNKNOWN, PartReason.UNKNOWN, because);
        }
        if (!execution.failures().isEmpty()) {
            return Finding.fails(
                    PartReason.STEP_FAILED,
                    execution.failures().stream()
                                    .map(Outcome.Failed::problem)
                                    .distinct()
                                    .collect(joining("\n")) + "\nIt is tried again.");
        }
        if (flaps(plan)) {
            return Finding.fails(
                    PartReason.FLAPPING_FIELD,
                    "Somebody changes what neither manifest nor configuration asks for; no Pod is replaced for it any more.\n"
                            + flapping(plan));
        }
        if (refuses(plan)) {
            return Finding.fails(PartReason.NAME_TAKEN, refusals(plan) + "\nRename or delete it.");
        }
        if (!execution.pending().isEmpty()) {
            return Finding.fails(
                    PartReason.WAITING,
                    execution.pending().stream()
                            .map(Outcome.Pending::waitingFor)
                            .distinct()
                            .collect(joining("; ", "Waiting for ", "")));
        }
        return settled.get();
    }

    private static boolean flaps(Plan plan) {
        return plan.steps().stream().anyMatch(PartCondition::flaps);
    }

    private static boolean flaps(PlannedStep planned) {
        return planned.reasons().stream().anyMatch(reason -> reason.code() == Reason.Code.FLAPPING);
    }

    private static String flapping(Plan plan) {
        return plan.steps().stream()
                .filter(PartCondition::flaps)
                .map(planned -> planned.step().text() + ".\n"
                        + planned.reasons().stream().map(Reason::toString).collect(joining("\n")))
                .collect(joining("\n"));
    }

    private static boolean refuses(Plan plan) {
        return plan.steps().stream().anyMatch(planned -> planned.step() instanceof Step.Refuse);
    }

    private static String refusals(Plan plan) {
        return plan.steps().stream()
                .filter(planned -> planned.step() instanceof Step.Refuse)
                .map(PartCondition::text)
                .collect(joining("\n"));
    }

    private static String text(PlannedStep planned) {
        return planned.step().text() + ": "
                + planned.reasons().stream().map(Reason::after).collect(joining("; "));
    }
}
