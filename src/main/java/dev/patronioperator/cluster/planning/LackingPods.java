package dev.patronioperator.cluster.planning;

import java.util.List;

import dev.patronioperator.plan.Deferred;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Step;

/**
 * A rollout that would make pods which cannot start, as something is missing that they need: it is left for later, and what runs goes on.
 *
 * @param missing such as {@code Secret orders-tls}
 */
record LackingPods(List<String> missing) {

    /**
     * The steps of the rollout that are taken in spite of it.
     *
     * @param deferred gets the others
     */
    List<PlannedStep> held(List<PlannedStep> rollout, List<Deferred> deferred) {
        var pods = rollout.stream()
                .filter(planned -> planned.step() instanceof Step.RecreatePod)
                .toList();
        if (missing.isEmpty() || pods.isEmpty()) {
            return rollout;
        }
        var until = String.join(" and ", missing) + (missing.size() == 1 ? " is there" : " are there");
        pods.forEach(planned -> deferred.add(new Deferred(planned.step().text(), until, planned.reasons())));
        return rollout.stream()
                .filter(planned -> planned.step() instanceof Step.Refuse)
                .toList();
    }
}
