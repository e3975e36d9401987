package dev.patronioperator.cluster;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import org.jboss.logging.Logger;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.controller.AcceptedSpecs;
import dev.patronioperator.controller.PrimaryFilters;
import dev.patronioperator.kubernetes.Deleter;
import dev.patronioperator.kubernetes.Finalizers;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.settings.SettingsProvider;

/**
 * Looks after resources that the framework does not call the controller for: deletions that began under the peer and that it did not
 * finish, when our finalizer can not be set any more; and clusters that are released, whose resources must not wait for us.
 *
 * <p>Looks only into the cache, and every process of the operator may do it: what is deleted is named by its uid.
 */
@ApplicationScoped
class OutsideReconciles {

    private static final Logger LOG = Logger.getLogger(OutsideReconciles.class);
    private static final int SECONDS = 5;

    private final ClusterDeletion deletion;
    private final ClusterEffectsFactory effects;
    private final SettingsProvider settings;
    private final Finalizers finalizers;
    private final Deleter deleter;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("outside-reconciles").daemon().factory());

    OutsideReconciles(
            ClusterDeletion deletion,
            ClusterEffectsFactory effects,
            SettingsProvider settings,
            Finalizers finalizers,
            Deleter deleter) {
        this.deletion = deletion;
        this.effects = effects;
        this.settings = settings;
        this.finalizers = finalizers;
        this.deleter = deleter;
    }

    /** Looks through the resources now and then, from now on. */
    void watch(IndexedResourceCache<Postgresql> clusters, ObjectReader reader) {
        timer.scheduleWithFixedDelay(
                () -> {
                    clusters.list(PrimaryFilters::isOurs)
                            .filter(ClusterFinalizers::isHeldByThePeerAlone)
                            .forEach(cluster -> attempt(cluster, () -> finishDeletion(cluster, reader)));
                    clusters.list(PrimaryFilters::isReleased)
                            .filter(cluster -> cluster.hasFinalizer(ClusterFinalizers.OURS))
                            .forEach(cluster -> attempt(cluster, () -> release(cluster, reader)));
                },
                SECONDS,
                SECONDS,
                TimeUnit.SECONDS);
    }

    private void finishDeletion(Postgresql cluster, ObjectReader reader) {
        if (deletion.isFinished(cluster, settings.current(), reader, effects::deletionsOnly)) {
            finalizers.remove(cluster, Set.of(ClusterFinalizers.PEERS));
        }
    }

    /** What was accepted and left of it goes too: whoever takes the cluster over again meets it for the first time. */
    private void release(Postgresql cluster, ObjectReader reader) {
        var metadata = cluster.getMetadata();
        if (reader.list(ControllerRevision.class, metadata.getNamespace(), AcceptedSpecs.labels(metadata.getName()))
                instanceof Known.Value<List<ControllerRevision>>(var records)) {
            records.forEach(record ->
                    deleter.delete(ObjectRef.of(record), record.getMetadata().getUid(), Deleter.Dependents.DELETED));
            finalizers.remove(cluster, Set.of(ClusterFinalizers.OURS));
        }
    }

    private static void attempt(Postgresql cluster, Runnable what) {
        try {
            what.run();
        } catch (KubernetesClientException triedAgain) {
            LOG.warnf("%s is not let go yet: %s", cluster.getMetadata().getName(), triedAgain.getMessage());
        }
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }
}
