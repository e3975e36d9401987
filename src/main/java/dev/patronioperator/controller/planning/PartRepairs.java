package dev.patronioperator.controller.planning;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.fabric8.kubernetes.api.model.HasMetadata;

import dev.patronioperator.api.PutBack;
import dev.patronioperator.plan.Execution;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

/**
 * How often pod templates that somebody else has changed were put back. A Deployment replaces its pods each time, so that two who want
 * different templates would replace them for ever: after some times in a row nothing is put back any more, until something else is wanted
 * or an hour has passed.
 *
 * @param known what was put back so far, by name
 * @param now when it is looked
 */
public record PartRepairs(Map<String, PutBack> known, Instant now) {

    /** How often in a row before somebody has to look. */
    static final int MOST = 3;

    /** Changes with more time between them are not one quarrel. */
    private static final Duration IN_A_ROW = Duration.ofHours(1);

    public PartRepairs {
        known = Map.copyOf(known);
    }

    /** The step, or that it is not carried out any more. */
    PlannedStep orRefuse(PlannedStep step, HasMetadata wanted, String template) {
        var before = inARow(wanted.getMetadata().getName(), template);
        return putsBack(step) && times(before) >= MOST
                ? new PlannedStep(
                        new Step.Refuse("put the Pod template of "
                                + wanted.getMetadata().getName() + " back: it was put back " + MOST
                                + " times, and changed again"),
                        Impact.FORBIDDEN,
                        step.reasons().stream()
                                .map(reason -> reason.flapping(writers(before)))
                                .toList())
                : step;
    }

    /**
     * What is known once a plan has been carried out; of what is not wanted any more nothing is.
     *
     * @param templates fingerprints of the templates that are wanted, by name
     */
    public Map<String, PutBack> after(Execution execution, Map<String, String> templates) {
        var after = new TreeMap<String, PutBack>();
        templates.forEach((name, template) -> inARow(name, template).ifPresent(still -> after.put(name, still)));
        execution.results().stream()
                .filter(result -> result.outcome() instanceof Outcome.Done && putsBack(result.step()))
                .forEach(result -> {
                    var name = ((Step.Apply) result.step().step())
                            .desired()
                            .getMetadata()
                            .getName();
                    after.put(name, oneMore(name, templates.getOrDefault(name, ""), result.step()));
                });
        return after;
    }

    private PutBack oneMore(String name, String template, PlannedStep step) {
        return new PutBack(template, times(inARow(name, template)) + 1, now.toString(), writers(step));
    }

    private Optional<PutBack> inARow(String name, String template) {
        return Optional.ofNullable(known.get(name))
                .filter(last -> template.equals(last.template()))
                .filter(last -> Optional.ofNullable(last.at())
                        .map(Instant::parse)
                        .filter(at -> at.plus(IN_A_ROW).isAfter(now))
                        .isPresent());
    }

    private static int times(Optional<PutBack> last) {
        return last.map(PutBack::times).orElse(0);
    }

    /** Nobody has asked for another template, and pods are replaced. */
    private static boolean putsBack(PlannedStep step) {
        return step.step() instanceof Step.Apply
                && step.impact() == Impact.RECREATE
                && step.reasons().stream().allMatch(reason -> reason.code() == Reason.Code.DRIFT);
    }

    private static List<String> writers(Optional<PutBack> last) {
        return last.map(PutBack::writers).orElseGet(List::of);
    }

    private static List<String> writers(PlannedStep step) {
        return step.reasons().stream()
                .flatMap(reason -> reason.writers().stream())
                .distinct()
                .sorted()
                .toList();
    }
}
