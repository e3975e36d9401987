package dev.patronioperator.backup;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.quarkiverse.operatorsdk.runtime.api.ConfigurableReconciler;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.controller.PartReconciliation;
import dev.patronioperator.controller.PartReconciliations;
import dev.patronioperator.controller.PrimaryFilters;
import dev.patronioperator.controller.WatchedNamespaces;
import dev.patronioperator.kubernetes.FieldManagers;
import dev.patronioperator.kubernetes.Watches;
import dev.patronioperator.kubernetes.naming.Labels;
import dev.patronioperator.settings.SettingsProvider;
import dev.patronioperator.settings.parameters.KubernetesParameters;

/** Looks after the logical backup of every cluster: says what to watch, and leaves the rest to {@link PartReconciliation}. */
@ControllerConfiguration(
        name = "backups",
        fieldManager = FieldManagers.BACKUPS,
        generationAwareEventProcessing = false,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 10, timeUnit = TimeUnit.MINUTES),
        informer = @Informer(genericFilter = PrimaryFilters.Ours.class, onUpdateFilter = PrimaryFilters.Decided.class))
@GradualRetry(maxAttempts = -1, initialInterval = 1000, intervalMultiplier = 1.5, maxInterval = 120_000)
public class BackupReconciler implements ConfigurableReconciler<Postgresql> {

    private final PartReconciliation backups;
    private final SettingsProvider settings;
    private final WatchedNamespaces namespaces;

    public BackupReconciler(
            PartReconciliations parts, BackupPart part, SettingsProvider settings, WatchedNamespaces namespaces) {
        this.backups = parts.of(part);
        this.settings = settings;
        this.namespaces = namespaces;
    }

    @Override
    public void updateConfigurationFrom(ControllerConfigurationOverrider<Postgresql> configuration) {
        namespaces.narrow(configuration);
    }

    @Override
    public List<EventSource<?, Postgresql>> prepareEventSources(EventSourceContext<Postgresql> context) {
        var clusterLabel = settings.current().get(KubernetesParameters.CLUSTER_NAME_LABEL);
        var watches = new Watches<>(context, Postgresql.class, clusterLabel, PrimaryFilters::isOurs)
                .labelled(
                        CronJob.class,
                        Labels.APPLICATION + "=" + Labels.BACKUP_APPLICATION + "," + clusterLabel,
                        BackupReconciler::isWorthALook);
        return backups.eventSources(watches, context);
    }

    /** All but the beginning of a run: {@code status.active} and {@code lastScheduleTime}. */
    static boolean isWorthALook(CronJob now, CronJob before) {
        return !Objects.equals(now.getSpec(), before.getSpec())
                || !Objects.equals(
                        now.getMetadata().getLabels(), before.getMetadata().getLabels())
                || !Objects.equals(
                        now.getMetadata().getAnnotations(), before.getMetadata().getAnnotations())
                || !Objects.equals(
                        now.getMetadata().getOwnerReferences(),
                        before.getMetadata().getOwnerReferences())
                || !Objects.equals(
                        now.getMetadata().getDeletionTimestamp(),
                        before.getMetadata().getDeletionTimestamp())
                || !Objects.equals(lastSuccess(now), lastSuccess(before));
    }

    private static String lastSuccess(CronJob cronJob) {
        return cronJob.getStatus() == null ? null : cronJob.getStatus().getLastSuccessfulTime();
    }

    @Override
    public UpdateControl<Postgresql> reconcile(Postgresql cluster, Context<Postgresql> context) {
        return backups.reconcile(cluster, context);
    }
}
