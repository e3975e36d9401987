package dev.patronioperator.cluster;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import dev.patronioperator.api.DatabaseStatus;
import dev.patronioperator.api.PlannedWith;
import dev.patronioperator.api.Postgresql;
import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.api.RotationStatus;
import dev.patronioperator.cluster.desired.DesiredObjects;
import dev.patronioperator.cluster.desired.DesiredStreams;
import dev.patronioperator.cluster.desired.DynamicConfigPatch;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.Dcs;
import dev.patronioperator.cluster.model.HumanRoles;
import dev.patronioperator.cluster.observe.AdoptionRecords;
import dev.patronioperator.cluster.observe.ClusterObserver;
import dev.patronioperator.cluster.observe.DatabaseLook;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.PodNeeds;
import dev.patronioperator.cluster.observe.PresentVersion;
import dev.patronioperator.cluster.observe.RunningVersion;
import dev.patronioperator.cluster.planning.Adoption;
import dev.patronioperator.cluster.planning.ClusterPlanner;
import dev.patronioperator.cluster.planning.ConnectionUriPlanner;
import dev.patronioperator.cluster.planning.DatabasePlanner;
import dev.patronioperator.cluster.planning.DcsPlanner;
import dev.patronioperator.cluster.planning.RolloutMemory;
import dev.patronioperator.cluster.planning.RolloutRules;
import dev.patronioperator.cluster.planning.RotationPlanner;
import dev.patronioperator.cluster.planning.StreamPlanner;
import dev.patronioperator.cluster.planning.VersionInForce;
import dev.patronioperator.cluster.status.ClusterStatusBuilder;
import dev.patronioperator.cluster.status.RotationStatuses;
import dev.patronioperator.cluster.status.Situation;
import dev.patronioperator.controller.OperatorVersion;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.kubernetes.naming.Annotations;
import dev.patronioperator.manifest.DeprecatedFields;
import dev.patronioperator.plan.Deferred;
import dev.patronioperator.plan.Effects;
import dev.patronioperator.plan.Execution;
import dev.patronioperator.plan.Held;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlanExecutor;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Step;
import dev.patronioperator.postgres.parameters.ParameterCatalogue;
import dev.patronioperator.settings.Settings;

/**
 * What happens to a cluster, from top to bottom: which manifest is in force, what it wants, what there is, what is to be done about it,
 * saying so, doing it, and saying how things are. The controller, the command line and the tests run this same code; only the
 * controller hands in effects that act.
 */
@ApplicationScoped
public class ClusterPipeline {

    private final ManifestsInForce manifests;
    private final AdoptionRecords adoptions;
    private final ClusterInputs inputs;
    private final ClusterObserver observer;
    private final RunningVersion running;
    private final ClusterPlanner planner;
    private final TeamMemberSource teams;
    private final ClusterDatabases databases;
    private final OperatorVersion version;
    private final Clock clock;

    ClusterPipeline(
            ManifestsInForce manifests,
            AdoptionRecords adoptions,
            ClusterInputs inputs,
            ClusterObserver observer,
            RunningVersion running,
            TeamMemberSource teams,
            ClusterDatabases databases,
            ObjectTrees trees,
            OperatorVersion version,
            Clock clock) {
        this.manifests = manifests;
        this.adoptions = adoptions;
        this.inputs = inputs;
        this.observer = observer;
        this.running = running;
        this.planner = new ClusterPlanner(trees);
        this.teams = teams;
        this.databases = databases;
        this.version = version;
        this.clock = clock;
    }

    /** What one look without acting came to. */
    public record Look(
            ManifestInForce manifest,
            Optional<DesiredObjects> desired,
            Known<ObservedCluster> observed,
            Optional<HumanRoles> people,
            DatabaseLook database,
            Plan plan) {

        /** One that does not look into the database. */
        private Look(
                ManifestInForce manifest,
                Optional<DesiredObjects> desired,
                Known<ObservedCluster> observed,
                Plan plan) {
            this(manifest, desired, observed, Optional.empty(), new DatabaseLook.NotOurs(), plan);
        }

        private Look inside(Optional<HumanRoles> humans, DatabaseLook seen, Explanation why) {
            return observed.map(facts -> inside(facts, humans, seen, why))
                    .orIfUnknown(new Look(manifest, desired, observed, humans, seen, plan));
        }

        private Look inside(ObservedCluster facts, Optional<HumanRoles> humans, DatabaseLook seen, Explanation why) {
            var streams = manifest.model().map(model -> new StreamPlanner(DesiredStreams.of(model), facts, seen));
            var steps = new ArrayList<>(
                    streams.map(planner -> planner.inOrder(plan.steps())).orElse(plan.steps()));
            steps.addAll(DatabasePlanner.steps(seen, facts, why));
            manifest.model().ifPresent(model -> steps.addAll(credentials(model, facts, seen)));
            streams.ifPresent(planner -> steps.addAll(planner.slots(why)));
            var later = streams.flatMap(StreamPlanner::untilDefined).stream().toList();
            return new Look(manifest, desired, observed, humans, seen, new Plan(steps, plan.deferred()))
                    .deferring(later);
        }

        private static List<PlannedStep> credentials(ClusterModel model, ObservedCluster facts, DatabaseLook seen) {
            var rotations = RotationPlanner.plan(model, facts, seen);
            var all = new ArrayList<>(rotations);
            all.addAll(ConnectionUriPlanner.plan(model, facts, rotations));
            return all;
        }

        private Look deferring(List<Deferred> more) {
            return new Look(manifest, desired, observed, people, database, plan.deferring(more));
        }

        private Look with(List<PlannedStep> refusals) {
            var steps = new ArrayList<>(plan.steps());
            steps.addAll(refusals);
            return new Look(manifest, desired, observed, people, database, new Plan(steps, plan.deferred()));
        }
    }

    /**
     * Looks at a cluster and acts on it.
     *
     * @param announce told of the plan before anything is done
     * @param effects makes the effects for the observed facts
     */
    ClusterPass run(
            Postgresql cluster,
            Settings settings,
            ObjectReader reader,
            Consumer<Plan> announce,
            BiFunction<ObservedCluster, DatabaseLook, Effects> effects) {
        var look = lookInside(cluster, settings, reader, look(cluster, settings, reader));
        announce.accept(look.plan());
        var execution = look.observed()
                .map(facts -> PlanExecutor.execute(look.plan(), effects.apply(facts, look.database())))
                .orIfUnknown(Execution.NOTHING);
        return new ClusterPass(look.plan(), execution, status(cluster, settings, look, execution), clock.instant());
    }

    private static boolean holdsStill(Look look) {
        return look.observed()
                .map(facts -> look.desired()
                        .filter(desired -> ClusterPlanner.holdsStill(desired, facts))
                        .isPresent())
                .orIfUnknown(false);
    }

    private Look lookInside(Postgresql cluster, Settings settings, ObjectReader reader, Look look) {
        if (holdsStill(look)) {
            return look;
        }
        var foundRightWith = Optional.ofNullable(cluster.getStatus())
                .map(PostgresqlStatus::database)
                .map(DatabaseStatus::foundRightWith);
        var people = look.manifest()
                .model()
                .filter(ClusterDatabases::areOurs)
                .map(model -> HumanRoles.of(model, teams.of(model, reader)));
        var seen = look.manifest()
                .model()
                .map(model -> look.observed()
                        .map(facts -> databases.look(
                                model, people.orElseGet(() -> HumanRoles.none(model)), facts, foundRightWith))
                        .orIfUnknown(new DatabaseLook.NotYet("the facts about the cluster")))
                .orElseGet(DatabaseLook.NotOurs::new);
        // Until it has been right once, what differs is what the manifest asks for.
        var why = foundRightWith.isPresent()
                ? explanation(cluster, plannedWith(settings))
                : new Explanation(true, false, false);
        return look.inside(people, seen, why);
    }

    /** Everything but acting, and but looking into the database: that takes a password and a way to it. */
    public Look look(Postgresql cluster, Settings settings, ObjectReader reader) {
        var manifest = manifests.of(cluster, settings, reader);
        if (manifest.model().isEmpty()) {
            var scope = manifests.scope(cluster, settings, List.of());
            return new Look(manifest, Optional.empty(), observer.observe(scope, reader), Plan.EMPTY);
        }
        return switch (DcsInUse.of(manifest.model().get(), reader)) {
            case Known.Unknown<Optional<Dcs>>(String because) ->
                new Look(manifest, Optional.empty(), Known.unknown(because), Plan.EMPTY);
            case Known.Value<Optional<Dcs>>(Optional<Dcs> inUse) ->
                look(
                        cluster,
                        settings,
                        reader,
                        manifest,
                        inUse.orElse(manifest.model().get().dcs()));
        };
    }

    private Look look(Postgresql cluster, Settings settings, ObjectReader reader, ManifestInForce manifest, Dcs inUse) {
        var asked = manifest.model().orElseThrow();
        var version = versionInForce(asked, reader);
        var model = version.model().withDcs(inUse);
        var rendered = DesiredObjects.render(model, inputs.of(model, reader));
        var observed = observer.observe(
                manifests.scope(cluster, settings, manifest.beside(manifest.withRecords(rendered))), reader);
        return switch (observed) {
            case Known.Unknown<ObservedCluster> ignored ->
                new Look(manifest, Optional.of(manifest.withRecords(rendered)), observed, Plan.EMPTY);
            case Known.Value<ObservedCluster>(ObservedCluster facts) -> {
                var dynamic = DynamicConfigPatch.of(model, manifest.earlier());
                var parameters = ParameterCatalogue.of(model.server().version());
                var rules = RolloutRules.of(settings);
                var adoption = adoption(cluster, manifest, facts);
                var why = adoption.isFirstSight()
                        ? Explanation.NEW_OPERATOR
                        : explanation(cluster, plannedWith(settings));
                var wanted = new ClusterPlanner.Wanted(
                        manifest.withRecords(rendered),
                        dynamic,
                        parameters,
                        rules,
                        adoption,
                        former(manifest, facts, reader),
                        ClusterDatabases.areOurs(model) ? model.pooler() : Optional.empty(),
                        List.of());
                yield look(manifest, rendered, wanted, cluster, facts, why, reader)
                        .with(DcsPlanner.refusals(asked.dcs(), inUse))
                        .with(version.refusals())
                        .deferring(version.deferred());
            }
        };
    }

    /** What new pods would lack; asked for only if some would be made in the place of others. */
    private static List<String> missing(Plan plan, DesiredObjects desired, ObjectReader reader) {
        if (plan.steps().stream().noneMatch(planned -> planned.step() instanceof Step.RecreatePod)) {
            return List.of();
        }
        var made = desired.objects().stream().map(ObjectRef::of).collect(Collectors.toSet());
        return desired.objects().stream()
                .filter(StatefulSet.class::isInstance)
                .flatMap(set -> PodNeeds.missing((StatefulSet) set, made, reader).stream())
                .toList();
    }

    /** Pods without a StatefulSet, which is being replaced, may have what only an earlier manifest asked for. */
    private List<ObjectMeta> former(ManifestInForce manifest, ObservedCluster facts, ObjectReader reader) {
        if (facts.statefulSet().isPresent() || facts.instances().isEmpty()) {
            return List.of();
        }
        return manifest.earlier().stream()
                .map(model -> DesiredObjects.render(model, inputs.of(model, reader)))
                .flatMap(desired -> desired.objects().stream())
                .filter(StatefulSet.class::isInstance)
                .map(set -> ((StatefulSet) set).getSpec().getTemplate().getMetadata())
                .toList();
    }

    private Look look(
            ManifestInForce manifest,
            DesiredObjects rendered,
            ClusterPlanner.Wanted asked,
            Postgresql cluster,
            ObservedCluster facts,
            Explanation why,
            ObjectReader reader) {
        var first = planner.planned(asked, facts, why, memory(cluster));
        var missing = missing(first.plan(), asked.objects(), reader);
        var wanted = asked.lacking(missing);
        var planned = missing.isEmpty() ? first : planner.planned(wanted, facts, why, memory(cluster));
        var objects = recorded(manifest, rendered, wanted, planned.held(), cluster);
        var plan = objects.equals(wanted.objects())
                ? planned.plan()
                : planner.plan(wanted.with(objects), facts, why, memory(cluster));
        return new Look(manifest, Optional.of(objects), Known.of(facts), plan);
    }

    /** What is left as another operator made it is recorded first of all, and the record goes when nothing is left any more. */
    private DesiredObjects recorded(
            ManifestInForce manifest,
            DesiredObjects rendered,
            ClusterPlanner.Wanted wanted,
            Held held,
            Postgresql cluster) {
        var revision = manifest.adoption().revision();
        if (wanted.adoption().isFirstSight() && !held.isEmpty()) {
            return manifest.withAdoption(adoptions.revision(cluster, held), rendered);
        }
        return revision.isPresent() && held.isEmpty()
                ? manifest.withoutAdoption(revision.get(), rendered)
                : wanted.objects();
    }

    private static Adoption adoption(Postgresql cluster, ManifestInForce manifest, ObservedCluster facts) {
        var annotations = cluster.getMetadata().getAnnotations();
        if (annotations != null && "true".equals(annotations.get(Annotations.APPROVE_DEFERRED))) {
            return Adoption.NONE;
        }
        return manifest.adoption().isNew() && facts.statefulSet().isPresent()
                ? Adoption.FIRST_SIGHT
                : new Adoption(false, manifest.adoption().held());
    }

    /** Where the present version cannot be read, the facts cannot either, and nothing is planned. */
    private VersionInForce versionInForce(ClusterModel asked, ObjectReader reader) {
        var present = PresentVersion.of(asked.identity(), reader).orIfUnknown(Optional.empty());
        return VersionInForce.of(asked, present, () -> running.of(asked.identity(), reader), clock.instant());
    }

    private PostgresqlStatus status(Postgresql cluster, Settings settings, Look look, Execution execution) {
        var wanted = look.manifest()
                .model()
                .map(model -> new Situation.Wanted(
                        model.instances().count(), model.isStandby(), DeprecatedFields.of(cluster.getSpec())))
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
                plannedWith(settings).with(remembered(cluster, look, execution).toStatus()),
                clock.instant()));
    }

    private static List<RotationStatus> rotations(Look look) {
        return look.manifest().model().stream()
                .filter(model -> !(look.database() instanceof DatabaseLook.NotOurs))
                .flatMap(model ->
                        look.observed().map(facts -> RotationStatuses.of(model, facts)).orIfUnknown(List.of()).stream())
                .toList();
    }

    private RolloutMemory remembered(Postgresql cluster, Look look, Execution execution) {
        var memory = memory(cluster);
        return look.desired()
                .map(desired -> look.observed()
                        .map(facts -> planner.remember(desired, facts, look.plan(), execution, memory))
                        .orIfUnknown(memory))
                .orElse(memory);
    }

    private static RolloutMemory memory(Postgresql cluster) {
        var status = cluster.getStatus();
        return status == null || status.plannedWith() == null
                ? RolloutMemory.NONE
                : RolloutMemory.of(status.plannedWith().rolledOut());
    }

    /** No manifest was ever accepted: what another operator has made is looked after as it is. */
    private static Situation.Wanted asItIs(Postgresql cluster, Look look) {
        var instances = look.observed()
                .map(facts -> facts.statefulSet()
                        .map(set -> set.getSpec().getReplicas())
                        .orElse(0))
                .orIfUnknown(0);
        var spec = cluster.getSpec();
        return new Situation.Wanted(instances, spec != null && spec.standby() != null, DeprecatedFields.of(spec));
    }

    private PlannedWith plannedWith(Settings settings) {
        return new PlannedWith(settings.fingerprint(), version.text());
    }

    private static Explanation explanation(Postgresql cluster, PlannedWith now) {
        var status = cluster.getStatus();
        if (status == null || status.observedGeneration() == null || status.plannedWith() == null) {
            return new Explanation(true, false, false);
        }
        return new Explanation(
                !status.observedGeneration().equals(cluster.getMetadata().getGeneration()),
                !now.configuration().equals(status.plannedWith().configuration()),
                !now.operatorVersion().equals(status.plannedWith().operatorVersion()));
    }
}
