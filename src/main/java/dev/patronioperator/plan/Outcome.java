package dev.patronioperator.plan;

import java.time.Duration;

/** What became of a step. Nobody throws to say "not yet". */
public sealed interface Outcome {

    /** The step has been carried out. */
    record Done() implements Outcome {}

    /** There was nothing to do any more. */
    record Unchanged() implements Outcome {}

    /**
     * The step is under way or cannot begin yet.
     *
     * @param waitingFor what has to happen, for people
     * @param checkAgainIn when to look again if no watch wakes us before
     */
    record Pending(String waitingFor, Duration checkAgainIn) implements Outcome {}

    /** The step failed; the next reconcile tries again. */
    record Failed(String problem) implements Outcome {}
}
