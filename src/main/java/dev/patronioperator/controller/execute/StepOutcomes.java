package dev.patronioperator.controller.execute;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jboss.logging.Logger;

import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.PlanText;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Step;

/**
 * How every controller carries out a step: a refusal of the API server becomes an outcome, and every effect is logged once, with its
 * reason.
 */
public final class StepOutcomes {

    private final Logger log;

    /**
     * @param log of the one who acts
     */
    public StepOutcomes(Logger log) {
        this.log = log;
    }

    public Outcome of(PlannedStep planned, Function<Step, Outcome> perform) {
        try {
            var outcome = perform.apply(planned.step());
            log(planned, outcome);
            return outcome;
        } catch (KubernetesClientException e) {
            log.errorf("%s failed: %s", planned.step().text(), message(e));
            return new Outcome.Failed(planned.step().text() + " failed: " + message(e));
        }
    }

    private void log(PlannedStep planned, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done ignored -> log.infof("%s: %s", planned.step().text(), PlanText.reasons(planned));
            case Outcome.Pending(String what, Duration ignored) ->
                log.debugf("%s: waiting for %s", planned.step().text(), what);
            case Outcome.Failed(String problem) -> log.errorf("%s", problem);
            case Outcome.Unchanged ignored -> {}
        }
    }

    /** The API server's own words; the exception's message repeats the request, which may hold a Secret. */
    private static String message(KubernetesClientException e) {
        return Optional.ofNullable(e.getStatus())
                .map(status -> status.getMessage())
                .orElseGet(() -> e.getClass().getSimpleName() + " (" + e.getCode() + ")");
    }
}
