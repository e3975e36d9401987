package dev.patronioperator.controller;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import org.jboss.logging.Logger;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.controller.execute.PartEffects;
import dev.patronioperator.controller.status.PartReason;
import dev.patronioperator.kubernetes.Conditions;
import dev.patronioperator.kubernetes.Deleter;
import dev.patronioperator.kubernetes.Events;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.kubernetes.ReconcileApplier;
import dev.patronioperator.kubernetes.Watches;
import dev.patronioperator.plan.Known;
import dev.patronioperator.settings.SettingsProvider;

/**
 * The glue between the framework and a {@link PartPipeline}, the same for every part. Decides nothing.
 *
 * <p>No finalizer: whoever deletes a cluster deletes its parts too, which is the cluster controller.
 */
public final class PartReconciliation {

    private static final Logger LOG = Logger.getLogger(PartReconciliation.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    private static final Duration AFTER_CHANGE = Duration.ofSeconds(1);

    private final ClusterPart part;
    private final PartPipeline pipeline;
    private final AcceptedManifest accepted;
    private final SettingsProvider settings;
    private final Events events;
    private final Deleter deleter;
    private volatile ObjectReader reader;

    PartReconciliation(
            ClusterPart part,
            PartPipeline pipeline,
            AcceptedManifest accepted,
            SettingsProvider settings,
            Events events,
            Deleter deleter) {
        this.part = part;
        this.pipeline = pipeline;
        this.accepted = accepted;
        this.settings = settings;
        this.events = events;
        this.deleter = deleter;
    }

    /** The sources of events of the part's controller, once it is known what it watches. */
    public List<EventSource<?, Postgresql>> eventSources(
            Watches<Postgresql> watches, EventSourceContext<Postgresql> context) {
        reader = watches.reader();
        var all = new ArrayList<>(watches.sources());
        all.add(SettingsEvents.of(settings, context));
        return all;
    }

    public UpdateControl<Postgresql> reconcile(Postgresql cluster, Context<Postgresql> context) {
        return switch (accepted.of(cluster, reader)) {
            case Known.Unknown<Optional<Postgresql>>(String because) -> {
                LOG.warnf(
                        "%s of %s is not looked at now: %s",
                        part.condition(), cluster.getMetadata().getName(), because);
                yield UpdateControl.<Postgresql>noUpdate().rescheduleAfter(AFTER_FAILURE);
            }
            case Known.Value<Optional<Postgresql>>(Optional<Postgresql> manifest) ->
                manifest.map(inForce -> lookAfter(inForce, context)).orElseGet(UpdateControl::noUpdate);
        };
    }

    private UpdateControl<Postgresql> lookAfter(Postgresql manifest, Context<Postgresql> context) {
        var pass = pipeline.run(
                manifest,
                settings.current(),
                reader,
                plan -> Announcements.of(plan, manifest.getMetadata().getGeneration())
                        .ifPresent(said -> events.record(manifest, said)),
                observed -> new PartEffects(new ReconcileApplier(context), deleter, observed));
        pass.status().conditions().stream()
                .filter(condition -> Announcements.isNews(condition, previous(manifest)))
                .forEach(condition -> events.record(manifest, Announcements.of(condition, type(condition))));
        var control = pass.changed()
                ? UpdateControl.patchStatus(statusOnly(manifest, pass.status()))
                : UpdateControl.<Postgresql>noUpdate();
        if (!pass.execution().failures().isEmpty()) {
            return control.rescheduleAfter(AFTER_FAILURE);
        }
        // What we write ourselves does not wake us, and its outcome is still to be told.
        return pass.execution()
                .checkAgainIn()
                .or(() -> pass.plan().changesAnything() ? Optional.of(AFTER_CHANGE) : Optional.empty())
                .map(control::rescheduleAfter)
                .orElse(control);
    }

    private Optional<Condition> previous(Postgresql manifest) {
        return Conditions.find(manifest.getStatus().conditions(), part.condition());
    }

    private static Events.Type type(Condition condition) {
        return PartReason.of(condition.getReason())
                .filter(PartReason::isTrouble)
                .map(trouble -> Events.Type.WARNING)
                .orElse(Events.Type.NORMAL);
    }

    /** Server-side apply takes what it is sent as all that we claim: our own part of the status, and nothing that others write. */
    private static Postgresql statusOnly(Postgresql cluster, PostgresqlStatus status) {
        var update = new Postgresql();
        update.setMetadata(new ObjectMetaBuilder()
                .withNamespace(cluster.getMetadata().getNamespace())
                .withName(cluster.getMetadata().getName())
                .build());
        update.setStatus(status);
        return update;
    }
}
