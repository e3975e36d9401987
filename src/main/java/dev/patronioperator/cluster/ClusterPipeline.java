package dev.patronioperator.cluster;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import jakarta.enterprise.context.ApplicationScoped;

import dev.patronioperator.api.PlannedWith;
import dev.patronioperator.api.Postgresql;
import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.cluster.desired.DesiredObjects;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.observe.AcceptedSpecs;
import dev.patronioperator.cluster.observe.ClusterObserver;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.planning.ClusterPlanner;
import dev.patronioperator.cluster.planning.Explanation;
import dev.patronioperator.cluster.status.ClusterStatusBuilder;
import dev.patronioperator.cluster.status.Situation;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.plan.Effects;
import dev.patronioperator.plan.Execution;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlanExecutor;
import dev.patronioperator.settings.Settings;

/**
 * What happens to a cluster, from top to bottom: which manifest is in force, what it wants, what there is, what is to be done about it,
 * doing it, and saying how things are. The controller, the command line and the tests run this same code; only the controller hands in
 * effects that act.
 */
@ApplicationScoped
public class ClusterPipeline {

    private final ManifestsInForce manifests;
    private final ClusterObserver observer;
    private final ClusterPlanner planner;
    private final OperatorVersion version;
    private final Clock clock;

    public ClusterPipeline(
            ManifestsInForce manifests, ClusterObserver observer, ObjectTrees trees, OperatorVersion version, Clock clock) {
        this.manifests = manifests;
        this.observer = observer;
        this.planner = new ClusterPlanner(trees);
        this.version = version;
        this.clock = clock;
    }

    /**
     * Looks at a cluster and acts on it.
     *
     * @param effects makes the effects for the observed facts; handed in, so that looking without acting is possible
     */
    ClusterPass run(
            Postgresql cluster, Settings settings, ObjectReader reader, Function<ObservedCluster, Effects> effects) {
        var manifest = manifests.of(cluster, settings, reader);
        var plannedWith = new PlannedWith(settings.fingerprint(), version.text());
        if (manifest.inForce().isEmpty()) {
            return rejected(cluster, manifest, plannedWith);
        }
        var model = ClusterModel.accept(manifest.inForce().get(), settings);
        var desired = DesiredObjects.render(model);
        var observed = observer.observe(scope(model, desired, manifest), reader);
        var plan = observed.map(facts -> planner.plan(
                        manifest.withRevision(desired), facts, explanation(cluster, plannedWith)))
                .orIfUnknown(Plan.EMPTY);
        var execution = observed.map(facts -> PlanExecutor.execute(plan, effects.apply(facts)))
                .orIfUnknown(Execution.NOTHING);
        return new ClusterPass(plan, execution, ClusterStatusBuilder.build(new Situation(
                        Optional.ofNullable(cluster.getStatus()),
                        cluster.getMetadata().getGeneration(),
                        manifest.problems(),
                        true,
                        new Situation.Wanted(model.instances(), model.isStandby()),
                        observed,
                        plan,
                        execution,
                        plannedWith,
                        clock.instant())));
    }
}
