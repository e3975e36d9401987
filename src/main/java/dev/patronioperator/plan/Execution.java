package dev.patronioperator.plan;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What became of a plan.
 *
 * @param results one per step, in order; steps that were held back carry the reason as {@link Outcome.Pending}
 */
public record Execution(List<Result> results) {

    /** A step and its outcome. */
    public record Result(PlannedStep step, Outcome outcome) {}

    public static final Execution NOTHING = new Execution(List.of());

    public Execution {
        results = List.copyOf(results);
    }

    public List<Outcome.Failed> failures() {
        return outcomes(Outcome.Failed.class);
    }

    public List<Outcome.Pending> pending() {
        return outcomes(Outcome.Pending.class);
    }

    /** How many steps changed something. */
    public long done() {
        return outcomes(Outcome.Done.class).size();
    }

    /** When to look again if nothing wakes us before; empty if nothing is pending. */
    public Optional<Duration> checkAgainIn() {
        return pending().stream().map(Outcome.Pending::checkAgainIn).min(Comparator.naturalOrder());
    }

    private <T extends Outcome> List<T> outcomes(Class<T> type) {
        return results.stream()
                .map(Result::outcome)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
