package dev.patronioperator.pooler;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
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

/** Looks after the connection poolers of every cluster: says what to watch, and leaves the rest to {@link PartReconciliation}. */
@ControllerConfiguration(
        name = "poolers",
        fieldManager = FieldManagers.POOLERS,
        generationAwareEventProcessing = false,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 10, timeUnit = TimeUnit.MINUTES),
        informer = @Informer(genericFilter = PrimaryFilters.Ours.class, onUpdateFilter = PrimaryFilters.Decided.class))
@GradualRetry(maxAttempts = -1, initialInterval = 1000, intervalMultiplier = 1.5, maxInterval = 120_000)
public class PoolerReconciler implements ConfigurableReconciler<Postgresql> {

    private final PartReconciliation poolers;
    private final SettingsProvider settings;
    private final WatchedNamespaces namespaces;

    public PoolerReconciler(
            PartReconciliations parts, PoolerPart part, SettingsProvider settings, WatchedNamespaces namespaces) {
        this.poolers = parts.of(part);
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
        var selector = Labels.APPLICATION + "=" + Labels.POOLER_APPLICATION + "," + Labels.POOLER + "," + clusterLabel;
        var watches = new Watches<>(context, Postgresql.class, clusterLabel, PrimaryFilters::isOurs)
                .labelled(Deployment.class, selector)
                .labelled(Service.class, selector)
                .labelled(Secret.class, selector);
        return poolers.eventSources(watches, context);
    }

    @Override
    public UpdateControl<Postgresql> reconcile(Postgresql cluster, Context<Postgresql> context) {
        return poolers.reconcile(cluster, context);
    }
}
