package dev.patronioperator.bench.fleet;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import org.awaitility.Awaitility;

import dev.patronioperator.api.Postgresql;

/** What can be seen of the fleet from outside, and since when. */
final class FleetState implements AutoCloseable {

    private record Replicas(int count, long since) {}

    private final Map<String, Replicas> sets = new ConcurrentHashMap<>();
    private final Map<String, String> words = new ConcurrentHashMap<>();
    private final SharedIndexInformer<StatefulSet> setWatch;
    private final SharedIndexInformer<Postgresql> clusterWatch;

    FleetState(KubernetesClient client, String namespace) {
        setWatch = client.apps().statefulSets().inNamespace(namespace).inform(new Seen<>() {
            @Override
            void seen(StatefulSet set) {
                var replicas = set.getSpec().getReplicas();
                sets.compute(
                        set.getMetadata().getName(),
                        (name, before) -> before != null && before.count() == replicas
                                ? before
                                : new Replicas(replicas, System.nanoTime()));
            }
        });
        clusterWatch = client.resources(Postgresql.class).inNamespace(namespace).inform(new Seen<>() {
            @Override
            void seen(Postgresql cluster) {
                if (cluster.getStatus() != null && cluster.getStatus().postgresClusterStatus() != null) {
                    words.put(
                            cluster.getMetadata().getName(), cluster.getStatus().postgresClusterStatus());
                }
            }
        });
    }

    private abstract static class Seen<T> implements ResourceEventHandler<T> {
        abstract void seen(T object);

        @Override
        public void onAdd(T object) {
            seen(object);
        }

        @Override
        public void onUpdate(T before, T object) {
            seen(object);
        }

        @Override
        public void onDelete(T object, boolean unknownState) {
            // Nothing is deleted in a measurement.
        }
    }

    void awaitSets(Predicate<String> which, int count) {
        await(
                count + " StatefulSets",
                () -> sets.keySet().stream().filter(which).count() >= count);
    }

    void awaitRunning(int count) {
        await(
                count + " clusters are Running",
                () -> words.values().stream().filter("Running"::equals).count() >= count);
    }

    /** Since when, on the clock of {@link System#nanoTime}, the StatefulSet has had so many replicas; -1 while it has not. */
    long since(String cluster, int replicas) {
        var seen = sets.get(cluster);
        return seen != null && seen.count() == replicas ? seen.since() : -1;
    }

    private static void await(String what, java.util.concurrent.Callable<Boolean> holds) {
        Awaitility.await(what)
                .atMost(Duration.ofMinutes(30))
                .pollInterval(Duration.ofMillis(20))
                .until(holds);
    }

    @Override
    public void close() {
        setWatch.stop();
        clusterWatch.stop();
    }
}
