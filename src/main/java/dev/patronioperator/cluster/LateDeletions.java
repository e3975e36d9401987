package dev.patronioperator.cluster;

import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import org.jboss.logging.Logger;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.controller.PrimaryFilters;
import dev.patronioperator.kubernetes.Finalizers;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.settings.SettingsProvider;

/**
 * Finishes deletions that began under the peer and that it did not finish: the resource waits for the peer's finalizer, ours can not be
 * set any more, and so the framework does not call the controller for it.
 *
 * <p>Looks only into the cache, and every process of the operator may do it: what is deleted is named by its uid.
 */
@ApplicationScoped
class LateDeletions {

    private static final Logger LOG = Logger.getLogger(LateDeletions.class);
    private static final int SECONDS = 5;

    private final ClusterDeletion deletion;
    private final ClusterEffectsFactory effects;
    private final SettingsProvider settings;
    private final Finalizers finalizers;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("late-deletions").daemon().factory());

    LateDeletions(
            ClusterDeletion deletion, ClusterEffectsFactory effects, SettingsProvider settings, Finalizers finalizers) {
        this.deletion = deletion;
        this.effects = effects;
        this.settings = settings;
        this.finalizers = finalizers;
    }

    /** Looks through the resources now and then, from now on. */
    void watch(IndexedResourceCache<Postgresql> clusters, ObjectReader reader) {
        timer.scheduleWithFixedDelay(
                () -> clusters.list(PrimaryFilters::isOurs)
                        .filter(ClusterFinalizers::isHeldByThePeerAlone)
                        .forEach(cluster -> goOn(cluster, reader)),
                SECONDS,
                SECONDS,
                TimeUnit.SECONDS);
    }

    private void goOn(Postgresql cluster, ObjectReader reader) {
        try {
            if (deletion.isFinished(cluster, settings.current(), reader, effects::deletionsOnly)) {
                finalizers.remove(cluster, Set.of(ClusterFinalizers.PEERS));
            }
        } catch (KubernetesClientException triedAgain) {
            LOG.warnf(
                    "The deletion of %s that the peer began is not finished yet: %s",
                    cluster.getMetadata().getName(), triedAgain.getMessage());
        }
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }
}
