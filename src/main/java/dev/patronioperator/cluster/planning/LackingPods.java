package dev.patronioperator.cluster.planning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.patronioperator.plan.Deferred;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

/**
 * A rollout that would make pods which cannot start, as something is missing that they need: it waits, and what runs goes on.
 *
 * @param missing such as {@code Secret orders-tls}
 */
record LackingPods(List<String> missing) {

    /** Nobody tells when a Secret of somebody else appears. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    /** The steps of the rollout that are taken in spite of it. */
    List<PlannedStep> held(List<PlannedStep> rollout, List<Deferred> deferred) {
        var pods = rollout.stream()
                .filter(planned -> planned.step() instanceof Step.RecreatePod)
                .toList();
        if (missing.isEmpty() || pods.isEmpty()) {
            return rollout;
        }
        var waitsFor = String.join(" and ", missing);
        pods.forEach(planned ->
                deferred.add(new Deferred(planned.step().text(), waitsFor + " is there", planned.reasons())));
        var left = new ArrayList<>(rollout.stream()
                .filter(planned -> planned.step() instanceof Step.Refuse)
                .toList());
        left.add(PlannedStep.of(
                new Step.Await(waitsFor + ", without which new Pods do not start", LOOK_AGAIN),
                Impact.NONE,
                Reason.of(Reason.Code.MISSING)));
        return left;
    }
}
