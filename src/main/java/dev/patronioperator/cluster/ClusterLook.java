package dev.patronioperator.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.patronioperator.cluster.desired.DesiredObjects;
import dev.patronioperator.cluster.desired.DesiredStreams;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.HumanRoles;
import dev.patronioperator.cluster.observe.DatabaseLook;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.planning.ConnectionUriPlanner;
import dev.patronioperator.cluster.planning.DatabasePlanner;
import dev.patronioperator.cluster.planning.RotationPlanner;
import dev.patronioperator.cluster.planning.StreamPlanner;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.plan.Deferred;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlannedStep;

/** What one look at a cluster, without acting, came to. */
public record ClusterLook(
        ManifestInForce manifest,
        Optional<DesiredObjects> desired,
        Known<ObservedCluster> observed,
        Optional<HumanRoles> people,
        DatabaseLook database,
        Plan plan) {

    /** One that does not look into the database. */
    ClusterLook(
            ManifestInForce manifest, Optional<DesiredObjects> desired, Known<ObservedCluster> observed, Plan plan) {
        this(manifest, desired, observed, Optional.empty(), new DatabaseLook.NotOurs(), plan);
    }

    ClusterLook inside(Optional<HumanRoles> humans, DatabaseLook seen, Explanation why) {
        return observed.map(facts -> inside(facts, humans, seen, why))
                .orIfUnknown(new ClusterLook(manifest, desired, observed, humans, seen, plan));
    }

    private ClusterLook inside(ObservedCluster facts, Optional<HumanRoles> humans, DatabaseLook seen, Explanation why) {
        var streams = manifest.model().map(model -> new StreamPlanner(DesiredStreams.of(model), facts, seen));
        var steps = new ArrayList<>(
                streams.map(planner -> planner.inOrder(plan.steps())).orElse(plan.steps()));
        steps.addAll(DatabasePlanner.steps(seen, facts, why));
        manifest.model().ifPresent(model -> steps.addAll(credentials(model, facts, seen)));
        streams.ifPresent(planner -> steps.addAll(planner.slots(why)));
        var later = streams.flatMap(StreamPlanner::untilDefined).stream().toList();
        return new ClusterLook(manifest, desired, observed, humans, seen, new Plan(steps, plan.deferred()))
                .deferring(later);
    }

    private static List<PlannedStep> credentials(ClusterModel model, ObservedCluster facts, DatabaseLook seen) {
        var rotations = RotationPlanner.plan(model, facts, seen);
        var all = new ArrayList<>(rotations);
        all.addAll(ConnectionUriPlanner.plan(model, facts, rotations));
        return all;
    }

    ClusterLook deferring(List<Deferred> more) {
        return new ClusterLook(manifest, desired, observed, people, database, plan.deferring(more));
    }

    ClusterLook with(List<PlannedStep> refusals) {
        var steps = new ArrayList<>(plan.steps());
        steps.addAll(refusals);
        return new ClusterLook(manifest, desired, observed, people, database, new Plan(steps, plan.deferred()));
    }
}
