package dev.patronioperator.cluster;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.api.RotationStatus;
import dev.patronioperator.cluster.observe.DatabaseLook;
import dev.patronioperator.cluster.planning.ClusterPlanner;
import dev.patronioperator.cluster.planning.RolloutMemory;
import dev.patronioperator.cluster.status.ClusterStatusBuilder;
import dev.patronioperator.cluster.status.RotationStatuses;
import dev.patronioperator.cluster.status.Situation;
import dev.patronioperator.controller.OperatorVersion;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.manifest.DeprecatedFields;
import dev.patronioperator.plan.Execution;
import dev.patronioperator.settings.Settings;

/** Says how a cluster is after a look at it. */
@ApplicationScoped
class ClusterReport {

    private final ClusterPlanner planner;
    private final ClusterSurvey survey;
    private final OperatorVersion version;
    private final Clock clock;

    ClusterReport(ObjectTrees trees, ClusterSurvey survey, OperatorVersion version, Clock clock) {
        this.planner = new ClusterPlanner(trees);
        this.survey = survey;
        this.version = version;
        this.clock = clock;
    }

    PostgresqlStatus status(Postgresql cluster, Settings settings, ClusterLook look, Execution execution) {
        var wanted = look.manifest()
                .model()
                .map(model -> new Situation.Wanted(
                        model.instances().count(),
                        model.isStandby(),
                        DeprecatedFields.of(cluster.getSpec()),
                        model.adjustments()))
                .orElseGet(() -> asItIs(cluster, look));
        return ClusterStatusBuilder.build(new Situation(
                Optional.ofNullable(cluster.getStatus()),
                cluster.getMetadata().getGeneration(),
                look.manifest().problems(),
                look.manifest().model().isPresent(),
                wanted,
                look.observed(),
                look.plan(),
                execution,
                look.database(),
                look.people(),
                rotations(look),
                version.plannedWith(settings)
                        .with(remembered(cluster, settings, look, execution).toStatus()),
                clock.instant()));
    }

    private static List<RotationStatus> rotations(ClusterLook look) {
        return look.manifest().model().stream()
                .filter(model -> !(look.database() instanceof DatabaseLook.NotOurs))
                .flatMap(model ->
                        look.observed().map(facts -> RotationStatuses.of(model, facts)).orIfUnknown(List.of()).stream())
                .toList();
    }

    private RolloutMemory remembered(Postgresql cluster, Settings settings, ClusterLook look, Execution execution) {
        var memory = RolloutMemory.of(cluster);
        return look.desired()
                .map(desired -> look.observed()
                        .map(facts -> planner.remember(
                                desired,
                                facts,
                                survey.leave(cluster, settings, look.manifest(), facts),
                                look.plan(),
                                execution,
                                memory))
                        .orIfUnknown(memory))
                .orElse(memory);
    }

    /** No manifest was ever accepted: what another operator has made is looked after as it is. */
    private static Situation.Wanted asItIs(Postgresql cluster, ClusterLook look) {
        var instances = look.observed()
                .map(facts -> facts.statefulSet()
                        .map(set -> set.getSpec().getReplicas())
                        .orElse(0))
                .orIfUnknown(0);
        var spec = cluster.getSpec();
        return new Situation.Wanted(instances, spec != null && spec.standby() != null, DeprecatedFields.of(spec));
    }
}
