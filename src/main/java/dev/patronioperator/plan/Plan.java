package dev.patronioperator.plan;

import java.util.List;
import java.util.stream.Stream;

/**
 * What will be done about a cluster, in this order, and why. Made without effects; nothing acts outside a plan.
 *
 * @param steps in the order in which they are carried out
 * @param deferred differences that are left for later, and until when
 */
public record Plan(List<PlannedStep> steps, List<Deferred> deferred) {

    public static final Plan EMPTY = new Plan(List.of());

    public Plan {
        steps = List.copyOf(steps);
        deferred = List.copyOf(deferred);
    }

    public Plan(List<PlannedStep> steps) {
        this(steps, List.of());
    }

    /** The same, with more that is left for later. */
    public Plan deferring(List<Deferred> more) {
        return new Plan(steps, Stream.concat(more.stream(), deferred.stream()).toList());
    }

    /** The greatest impact of the steps. */
    public Impact impact() {
        return Impact.max(steps.stream().map(PlannedStep::impact).toList());
    }

    /** Whether there is nothing to do now. */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** Whether carrying out the plan changes anything; a plan that only waits or refuses does not. */
    public boolean changesAnything() {
        return steps.stream()
                .map(PlannedStep::step)
                .anyMatch(step -> !(step instanceof Step.Await || step instanceof Step.Refuse));
    }
}
