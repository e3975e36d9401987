package dev.patronioperator.cluster.planning;

import java.util.ArrayList;
import java.util.List;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import dev.patronioperator.cluster.desired.DesiredObjects;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlannedStep;

/**
 * Makes the plan for a cluster: what is wanted against what is observed. Pure; the same input gives the same plan, and a plan that has
 * been carried out is followed by an empty one.
 */
public final class ClusterPlanner {

    private final ObjectsPlanner objects;
    private final StatefulSetPlanner statefulSets;
    private final RolloutPlanner rollout;

    public ClusterPlanner(ObjectTrees trees) {
        this.objects = new ObjectsPlanner(trees);
        this.statefulSets = new StatefulSetPlanner(objects);
        this.rollout = new RolloutPlanner(trees);
    }

    public Plan plan(DesiredObjects desired, ObservedCluster observed, Explanation why) {
        var steps = new ArrayList<PlannedStep>(objects.secrets(desired, observed, why));
        for (var object : desired.objects()) {
            if (object instanceof StatefulSet statefulSet) {
                steps.addAll(statefulSets.plan(statefulSet, observed, why));
            } else {
                objects.apply(object, observed, why).ifPresent(steps::add);
            }
        }
        steps.addAll(objects.deletions(desired, observed));
        desired.objects().stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .map(wanted -> rollout.plan(wanted, observed, statefulSets.changesTemplate(wanted, observed)))
                .forEach(steps::addAll);
        return new Plan(List.copyOf(steps));
    }
}
