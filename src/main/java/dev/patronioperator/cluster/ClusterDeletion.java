package dev.patronioperator.cluster;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import org.jboss.logging.Logger;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.cluster.observe.ClusterObserver;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.planning.DeletionPlanner;
import dev.patronioperator.cluster.status.ClusterReason;
import dev.patronioperator.controller.observe.Reading;
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
            case Known.Unknown<ObservedCluster>(String because) -> notNow(cluster, because);
            case Known.Value<ObservedCluster>(ObservedCluster observed) ->
                switch (parts(scope, observed, reader)) {
                    case Known.Unknown<List<HasMetadata>>(String because) -> notNow(cluster, because);
                    case Known.Value<List<HasMetadata>>(List<HasMetadata> parts) ->
                        goOn(cluster, settings, observed, parts, effects);
                };
        };
    }

    private static boolean notNow(Postgresql cluster, String because) {
        LOG.warnf("Nothing is deleted of %s now: %s", cluster.getMetadata().getName(), because);
        return false;
    }

    /**
     * The objects of poolers and backup. They have controllers of their own, which stop looking after a cluster that is being deleted;
     * their objects are asked for at the beginning and at the end, when nothing may be left.
     */
    private static Known<List<HasMetadata>> parts(
            ClusterObserver.Scope scope, ObservedCluster observed, ObjectReader reader) {
        boolean membersGo =
                observed.statefulSet().isEmpty() && !observed.instances().isEmpty()
                        || observed.statefulSet()
                                .filter(set -> set.getMetadata().getDeletionTimestamp() != null)
                                .isPresent();
        if (membersGo) {
            return Known.of(List.of());
        }
        var reading = new Reading();
        var uncached = reader.uncached();
        var namespace = scope.namespace();
        var found = Stream.concat(
                        Stream.of(Deployment.class, Service.class, Secret.class)
                                .flatMap(kind ->
                                        reading
                                                .list(
                                                        uncached,
                                                        kind,
                                                        namespace,
                                                        scope.labels().poolerSelector())
                                                .stream()),
                        reading
                                .list(
                                        uncached,
                                        CronJob.class,
                                        namespace,
                                        scope.labels().backupSelector())
                                .stream())
                .<HasMetadata>map(object -> object)
                .toList();
        return reading.result(() -> found);
    }

    private boolean goOn(
            Postgresql cluster,
            Settings settings,
            ObservedCluster observed,
            List<HasMetadata> parts,
            Function<ObservedCluster, Effects> effects) {
        var retention = new DeletionPlanner.Retention(
                settings.get(KubernetesParameters.ENABLE_PERSISTENT_VOLUME_CLAIM_DELETION),
                settings.get(KubernetesParameters.ENABLE_SECRETS_DELETION));
        var plan = DeletionPlanner.plan(observed, parts, retention);
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
