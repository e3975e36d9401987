package dev.patronioperator.cluster;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.cluster.desired.DesiredObjects;
import dev.patronioperator.cluster.desired.DynamicConfigPatch;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.Dcs;
import dev.patronioperator.cluster.observe.AdoptionRecords;
import dev.patronioperator.cluster.observe.ClusterObserver;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.PodNeeds;
import dev.patronioperator.cluster.observe.PresentVersion;
import dev.patronioperator.cluster.observe.RunningVersion;
import dev.patronioperator.cluster.planning.Adoption;
import dev.patronioperator.cluster.planning.ClusterPlanner;
import dev.patronioperator.cluster.planning.DcsPlanner;
import dev.patronioperator.cluster.planning.RolloutMemory;
import dev.patronioperator.cluster.planning.RolloutRules;
import dev.patronioperator.cluster.planning.VersionInForce;
import dev.patronioperator.controller.OperatorVersion;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.kubernetes.naming.Annotations;
import dev.patronioperator.plan.Held;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.Step;
import dev.patronioperator.postgres.parameters.ParameterCatalogue;
import dev.patronioperator.settings.Settings;

/**
 * What is to be done about a cluster, without doing it: which manifest is in force, what it wants, what there is, and the plan that follows from them. Everything
 * here is read with the rights of whoever asks.
 */
@ApplicationScoped
public class ClusterSurvey {

    private final ManifestsInForce manifests;
    private final AdoptionRecords adoptions;
    private final ClusterInputs inputs;
    private final ClusterObserver observer;
    private final RunningVersion running;
    private final ClusterPlanner planner;
    private final OperatorVersion version;
    private final Clock clock;

    ClusterSurvey(
            ManifestsInForce manifests,
            AdoptionRecords adoptions,
            ClusterInputs inputs,
            ClusterObserver observer,
            RunningVersion running,
            ObjectTrees trees,
            OperatorVersion version,
            Clock clock) {
        this.manifests = manifests;
        this.adoptions = adoptions;
        this.inputs = inputs;
        this.observer = observer;
        this.running = running;
        this.planner = new ClusterPlanner(trees);
        this.version = version;
        this.clock = clock;
    }

    /** Everything but acting, and but looking into the database: that takes a password and a way to it. */
    public ClusterLook look(Postgresql cluster, Settings settings, ObjectReader reader) {
        var manifest = manifests.of(cluster, settings, reader);
        if (manifest.model().isEmpty()) {
            var scope = manifests.scope(cluster, settings, List.of());
            return new ClusterLook(manifest, Optional.empty(), observer.observe(scope, reader), Plan.EMPTY);
        }
        return switch (DcsInUse.of(manifest.model().get(), reader)) {
            case Known.Unknown<Optional<Dcs>>(String because) ->
                new ClusterLook(manifest, Optional.empty(), Known.unknown(because), Plan.EMPTY);
            case Known.Value<Optional<Dcs>>(Optional<Dcs> inUse) ->
                look(
                        cluster,
                        settings,
                        reader,
                        manifest,
                        inUse.orElse(manifest.model().get().dcs()));
        };
    }

    private ClusterLook look(
            Postgresql cluster, Settings settings, ObjectReader reader, ManifestInForce manifest, Dcs inUse) {
        var asked = manifest.model().orElseThrow();
        var inForce = versionInForce(asked, reader);
        var model = inForce.model().withDcs(inUse);
        var rendered = DesiredObjects.render(model, inputs.of(model, reader));
        var observed = observer.observe(
                manifests.scope(cluster, settings, manifest.beside(manifest.withRecords(rendered))), reader);
        return switch (observed) {
            case Known.Unknown<ObservedCluster> ignored ->
                new ClusterLook(manifest, Optional.of(manifest.withRecords(rendered)), observed, Plan.EMPTY);
            case Known.Value<ObservedCluster>(ObservedCluster facts) -> {
                var dynamic = DynamicConfigPatch.of(model, manifest.earlier());
                var parameters = ParameterCatalogue.of(model.server().version());
                var leave = leave(cluster, settings, manifest, facts);
                var wanted = new ClusterPlanner.Wanted(
                        manifest.withRecords(rendered),
                        dynamic,
                        parameters,
                        leave.rules(),
                        leave.adoption(),
                        former(manifest, facts, reader),
                        ClusterDatabases.areOurs(model) ? model.pooler() : Optional.empty(),
                        List.of());
                yield look(manifest, rendered, wanted, cluster, facts, leave.why(), reader)
                        .with(DcsPlanner.refusals(asked.dcs(), inUse))
                        .with(inForce.refusals())
                        .deferring(inForce.deferred());
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

    private ClusterLook look(
            ManifestInForce manifest,
            DesiredObjects rendered,
            ClusterPlanner.Wanted asked,
            Postgresql cluster,
            ObservedCluster facts,
            Explanation why,
            ObjectReader reader) {
        var first = planner.planned(asked, facts, why, RolloutMemory.of(cluster));
        var missing = missing(first.plan(), asked.objects(), reader);
        var wanted = asked.lacking(missing);
        var planned = missing.isEmpty() ? first : planner.planned(wanted, facts, why, RolloutMemory.of(cluster));
        var objects = recorded(manifest, rendered, wanted, planned.held(), cluster);
        var plan = objects.equals(wanted.objects())
                ? planned.plan()
                : planner.plan(wanted.with(objects), facts, why, RolloutMemory.of(cluster));
        return new ClusterLook(manifest, Optional.of(objects), Known.of(facts), plan);
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

    /** What decides of a difference whether it is carried out now. */
    ClusterPlanner.Leave leave(Postgresql cluster, Settings settings, ManifestInForce manifest, ObservedCluster facts) {
        var adoption = adoption(cluster, manifest, facts);
        var why = adoption.isFirstSight() ? Explanation.NEW_OPERATOR : explanation(cluster, settings);
        return new ClusterPlanner.Leave(adoption, RolloutRules.of(settings), why);
    }

    private static Adoption adoption(Postgresql cluster, ManifestInForce manifest, ObservedCluster facts) {
        if (Annotations.isTrue(cluster, Annotations.APPROVE_DEFERRED)) {
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

    /** What has changed since the cluster was last planned. */
    Explanation explanation(Postgresql cluster, Settings settings) {
        var status = cluster.getStatus();
        if (status == null || status.observedGeneration() == null) {
            return Explanation.NEW_MANIFEST;
        }
        return Explanation.since(
                !status.observedGeneration().equals(cluster.getMetadata().getGeneration()),
                Optional.ofNullable(status.plannedWith()),
                version.plannedWith(settings));
    }
}
