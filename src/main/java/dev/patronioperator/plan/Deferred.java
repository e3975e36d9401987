package dev.patronioperator.plan;

import java.util.List;

/**
 * A difference that is known and is not acted on now. It is shown with the plan and is no part of it: a cluster that has only deferred
 * differences is settled.
 *
 * @param what what would be done, in the words of a step: {@code Recreate Pod orders-0}
 * @param until what it waits for, to be read after "until": {@code the pod is made anew for another reason}
 * @param reasons the differences; never empty
 */
public record Deferred(String what, String until, List<Reason> reasons) {

    public Deferred {
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("deferred without a reason: " + what);
        }
    }
}
