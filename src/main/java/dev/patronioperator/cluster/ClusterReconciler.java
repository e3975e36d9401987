package dev.patronioperator.cluster;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.quarkiverse.operatorsdk.runtime.api.ConfigurableReconciler;

import dev.patronioperator.api.FabricEventStream;
import dev.patronioperator.api.PostgresTeam;
import dev.patronioperator.api.Postgresql;
import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.cluster.status.BrokenOff;
import dev.patronioperator.cluster.status.OwnStatus;
import dev.patronioperator.cluster.status.StatusNews;
import dev.patronioperator.controller.AcceptedSpecs;
import dev.patronioperator.controller.Announcements;
import dev.patronioperator.controller.PrimaryFilters;
import dev.patronioperator.controller.SettingsEvents;
import dev.patronioperator.controller.WatchedNamespaces;
import dev.patronioperator.kubernetes.Events;
import dev.patronioperator.kubernetes.FieldManagers;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.kubernetes.Watches;
import dev.patronioperator.observability.ClusterMetrics;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.SettingsProvider;
import dev.patronioperator.settings.parameters.KubernetesParameters;

/**
 * The glue between the framework and {@link ClusterPipeline}: which objects wake it, where it reads, how the status gets out. Decides
 * nothing.
 */
@ControllerConfiguration(
        name = "clusters",
        finalizerName = ClusterFinalizers.OURS,
        fieldManager = FieldManagers.OURS,
        generationAwareEventProcessing = false,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 10, timeUnit = TimeUnit.MINUTES),
        informer = @Informer(genericFilter = PrimaryFilters.Ours.class, onUpdateFilter = PrimaryFilters.Edited.class))
@GradualRetry(maxAttempts = -1, initialInterval = 1000, intervalMultiplier = 1.5, maxInterval = 120_000)
public class ClusterReconciler implements ConfigurableReconciler<Postgresql>, Cleaner<Postgresql> {

    private static final Duration DELETION_CHECK = Duration.ofSeconds(5);

    private final ClusterPipeline pipeline;
    private final ClusterDeletion deletion;
    private final OutsideReconciles outside;
    private final ClusterEffectsFactory effects;
    private final StatusPace pace;
    private final TeamMemberSource teams;
    private final SettingsProvider settings;
    private final WatchedNamespaces namespaces;
    private final Events events;
    private final ClusterMetrics metrics;
    private final Clock clock;
    private volatile ObjectReader reader;

    public ClusterReconciler(
            ClusterPipeline pipeline,
            ClusterDeletion deletion,
            OutsideReconciles outside,
            ClusterEffectsFactory effects,
            StatusPace pace,
            TeamMemberSource teams,
            SettingsProvider settings,
            WatchedNamespaces namespaces,
            Events events,
            ClusterMetrics metrics,
            Clock clock) {
        this.pipeline = pipeline;
        this.deletion = deletion;
        this.outside = outside;
        this.effects = effects;
        this.pace = pace;
        this.teams = teams;
        this.settings = settings;
        this.namespaces = namespaces;
        this.events = events;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public void updateConfigurationFrom(ControllerConfigurationOverrider<Postgresql> configuration) {
        namespaces.narrow(configuration);
    }

    @Override
    public List<EventSource<?, Postgresql>> prepareEventSources(EventSourceContext<Postgresql> context) {
        var current = settings.current();
        var selector = selector(current);
        var account = current.get(KubernetesParameters.POD_SERVICE_ACCOUNT_NAME);
        var watches = new Watches<>(
                        context,
                        Postgresql.class,
                        current.get(KubernetesParameters.CLUSTER_NAME_LABEL),
                        PrimaryFilters::isOurs)
                .labelled(StatefulSet.class, selector, ClusterFilters::always)
                .labelled(Service.class, selector, ClusterFilters::always)
                .labelled(Endpoints.class, selector, ClusterFilters::dcsChanged)
                .labelled(ConfigMap.class, selector, ClusterFilters::dcsChanged)
                .labelled(PodDisruptionBudget.class, selector, ClusterFilters::always)
                // A pooler's credentials carry the pooler's labels instead of the cluster's.
                .labelled(Secret.class, current.get(KubernetesParameters.CLUSTER_NAME_LABEL), ClusterFilters::always)
                .labelled(PersistentVolumeClaim.class, selector, ClusterFilters::always)
                .labelled(Pod.class, selector, ClusterFilters::podChanged)
                .foreign(FabricEventStream.class, selector)
                .shared(
                        PostgresTeam.class,
                        () -> teams.namespaces(settings.current()),
                        (cluster, changed, all) -> TeamMemberSource.concerns(cluster, settings.current(), changed, all))
                .marked(ControllerRevision.class, AcceptedSpecs.LABEL)
                .named(ServiceAccount.class, account)
                .named(RoleBinding.class, account);
        reader = watches.reader();
        outside.watch(context.getPrimaryCache(), reader);
        var all = new ArrayList<>(watches.sources());
        all.add(SettingsEvents.of(settings, context));
        return all;
    }

    private static String selector(Settings settings) {
        var common = settings.get(KubernetesParameters.CLUSTER_LABELS).entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .sorted()
                .collect(Collectors.joining(","));
        return common + "," + settings.get(KubernetesParameters.CLUSTER_NAME_LABEL);
    }

    @Override
    public UpdateControl<Postgresql> reconcile(Postgresql cluster, Context<Postgresql> context) {
        if (!PrimaryFilters.isOurs(cluster)) {
            // It was released since its next look was planned.
            forget(cluster);
            return UpdateControl.noUpdate();
        }
        var began = clock.instant();
        var pass = pipeline.run(
                cluster,
                settings.current(),
                reader,
                plan -> Announcements.of(plan, cluster.getMetadata().getGeneration())
                        .ifPresent(said -> events.record(cluster, said)),
                (observed, database) -> effects.of(context, observed, database));
        metrics.looked(
                key(cluster),
                pass.status().postgresClusterStatus(),
                pass.plan(),
                pass.execution(),
                Duration.between(began, clock.instant()));
        return told(cluster, pass);
    }

    private UpdateControl<Postgresql> told(Postgresql cluster, ClusterPass pass) {
        var before = Optional.ofNullable(OwnStatus.of(cluster.getStatus()));
        var keptBack = pace.keepBack(
                key(cluster),
                StatusNews.between(before.orElse(null), pass.status()),
                pass.isOvertakenAtOnce(before),
                pass.at());
        if (keptBack.isPresent()) {
            return UpdateControl.<Postgresql>noUpdate()
                    .rescheduleAfter(Collections.min(List.of(keptBack.get(), pass.checkAgainIn())));
        }
        return news(cluster, pass.status())
                .map(UpdateControl::patchStatus)
                .orElseGet(UpdateControl::noUpdate)
                .rescheduleAfter(pass.checkAgainIn());
    }

    /** What nobody expected. Once it may pass, as a conflict does; what happens again is told, and tried again all the same. */
    @Override
    public ErrorStatusUpdateControl<Postgresql> updateErrorStatus(
            Postgresql cluster, Context<Postgresql> context, Exception unexpected) {
        if (context.getRetryInfo().map(RetryInfo::getAttemptCount).orElse(0) == 0) {
            return ErrorStatusUpdateControl.noStatusUpdate();
        }
        var status = BrokenOff.status(
                Optional.ofNullable(cluster.getStatus()),
                cluster.getMetadata().getGeneration(),
                unexpected,
                clock.instant());
        return news(cluster, status)
                .map(ErrorStatusUpdateControl::patchStatus)
                .orElseGet(ErrorStatusUpdateControl::noStatusUpdate);
    }

    /** Records events of what is new about a cluster; its status if that differs. */
    private Optional<Postgresql> news(Postgresql cluster, PostgresqlStatus status) {
        ClusterAnnouncements.between(cluster.getStatus(), status).forEach(said -> events.record(cluster, said));
        return status.equals(OwnStatus.of(cluster.getStatus()))
                ? Optional.empty()
                : Optional.of(statusOnly(cluster, status));
    }

    /** Server-side apply takes what it is sent as all that we claim: the status, and nothing of the manifest. */
    private static Postgresql statusOnly(Postgresql cluster, PostgresqlStatus status) {
        var update = new Postgresql();
        update.setMetadata(new ObjectMetaBuilder()
                .withNamespace(cluster.getMetadata().getNamespace())
                .withName(cluster.getMetadata().getName())
                .build());
        update.setStatus(status);
        return update;
    }

    @Override
    public DeleteControl cleanup(Postgresql cluster, Context<Postgresql> context) {
        if (!deletion.isFinished(cluster, settings.current(), reader, observed -> effects.of(context, observed))) {
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(DELETION_CHECK);
        }
        context.resourceOperations().removeFinalizer(ClusterFinalizers.PEERS);
        forget(cluster);
        return DeleteControl.defaultDelete();
    }

    private void forget(Postgresql cluster) {
        metrics.gone(key(cluster));
        pace.gone(key(cluster));
    }

    private static String key(Postgresql cluster) {
        return cluster.getMetadata().getNamespace() + "/"
                + cluster.getMetadata().getName();
    }
}
