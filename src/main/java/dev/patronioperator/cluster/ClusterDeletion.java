package dev.patronioperator.cluster;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.cluster.observe.ClusterObserver;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.planning.DeletionPlanner;
import dev.patronioperator.cluster.status.ClusterReason;
import dev.patronioperator.kubernetes.Events;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.manifest.Identity;
import dev.patronioperator.plan.Effects;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.PlanExecutor;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.KubernetesParameters;

/**
 * Takes a deleted cluster away, step by step and as often as it takes; what is kept follows the configuration.
 *
 * <p>Where the configuration asks for annotations that confirm a deletion and they are missing, everything is kept: the resource cannot
 * be brought back any more, but making it again adopts all that is there.
 */
@ApplicationScoped
class ClusterDeletion {

    private static final Logger LOG = Logger.getLogger(ClusterDeletion.class);

    private final ClusterObserver observer;
    private final Events events;
    private final Clock clock;

    ClusterDeletion(ClusterObserver observer, Events events, Clock clock) {
        this.observer = observer;
        this.events = events;
        this.clock = clock;
    }

    /** Goes on with the deletion. True if there is nothing left to delete, so that the resource itself may go. */
    boolean isFinished(
            Postgresql cluster, Settings settings, ObjectReader reader, Function<ObservedCluster, Effects> effects) {
        var objection = objection(cluster, settings);
        if (objection.isPresent()) {
            events.record(
                    cluster, announcement(Events.Type.WARNING, ClusterReason.DELETION_NOT_ALLOWED, objection.get()));
            return true;
        }
        var scope = new ClusterObserver.Scope(
                cluster.getMetadata().getNamespace(),
                cluster.getMetadata().getName(),
                Identity.of(cluster, settings).labels(),
                List.of());
        return switch (observer.observe(scope, reader)) {
            case Known.Unknown<ObservedCluster>(String because) -> {
                LOG.warnf(
                        "Nothing is deleted of %s now: %s",
                        cluster.getMetadata().getName(), because);
                yield false;
            }
            case Known.Value<ObservedCluster>(ObservedCluster observed) -> goOn(cluster, settings, observed, effects);
        };
    }

    private boolean goOn(
            Postgresql cluster,
            Settings settings,
            ObservedCluster observed,
            Function<ObservedCluster, Effects> effects) {
        var retention = new DeletionPlanner.Retention(
                settings.get(KubernetesParameters.ENABLE_PERSISTENT_VOLUME_CLAIM_DELETION),
                settings.get(KubernetesParameters.ENABLE_SECRETS_DELETION));
        var plan = DeletionPlanner.plan(observed, retention);
        events.record(cluster, announcement(Events.Type.NORMAL, ClusterReason.DELETING, kept(retention)));
        var execution = PlanExecutor.execute(plan, effects.apply(observed));
        return execution.pending().isEmpty() && execution.failures().isEmpty();
    }

    private static String kept(DeletionPlanner.Retention retention) {
        return "The cluster is being deleted. Volumes are "
                + (retention.deleteClaims() ? "deleted" : "kept")
                + ", credentials are "
                + (retention.deleteSecrets() ? "deleted" : "kept")
                + ".";
    }

    private Optional<String> objection(Postgresql cluster, Settings settings) {
        if (settings.get(KubernetesParameters.ENABLE_OWNER_REFERENCES)) {
            // Kubernetes deletes what the resource owns, whatever we say.
            return Optional.empty();
        }
        return lacks(
                        cluster,
                        settings.get(KubernetesParameters.DELETE_ANNOTATION_DATE_KEY),
                        LocalDate.now(clock).toString())
                .or(() -> lacks(
                        cluster,
                        settings.get(KubernetesParameters.DELETE_ANNOTATION_NAME_KEY),
                        cluster.getMetadata().getName()));
    }

    private static Optional<String> lacks(Postgresql cluster, Optional<String> key, String value) {
        var annotations = cluster.getMetadata().getAnnotations();
        return key.filter(k -> annotations == null || !value.equals(annotations.get(k)))
                .map(k -> "Everything is kept: the annotation " + k + " is not \"" + value
                        + "\". Make the resource again to have it looked after.");
    }

    private static Events.Announcement announcement(Events.Type type, ClusterReason reason, String note) {
        return new Events.Announcement(type, reason.value(), "Delete", note, "deletion");
    }
}
