package dev.patronioperator.testkit.world;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

import dev.patronioperator.postgres.session.PoolerConsole;
import dev.patronioperator.postgres.session.SqlServer;

/** The pods of a connection pooler and their consoles; each pod stays paused until it is told to resume, whoever is the operator then. */
public final class SimulatedPooler implements PoolerConsole {

    private final World world;
    private final Map<String, String> addresses = new TreeMap<>();
    private final Map<String, Instant> paused = new TreeMap<>();
    private final Set<String> unreachable = new HashSet<>();
    private Duration longest = Duration.ZERO;

    SimulatedPooler(World world) {
        this.world = world;
    }

    /** Has a pod of this name. */
    public void start(String pod) {
        addresses.put(pod, "10.1.0." + (addresses.size() + 1));
    }

    /** The pod goes, and its clients with it. */
    public void stop(String pod) {
        addresses.remove(pod);
        paused.remove(pod);
    }

    public void unreachable(String pod) {
        unreachable.add(pod);
    }

    public List<Pod> pods() {
        return addresses.entrySet().stream()
                .map(pod -> new PodBuilder()
                        .withNewMetadata()
                        .withName(pod.getKey())
                        .endMetadata()
                        .withNewStatus()
                        .withPodIP(pod.getValue())
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build())
                .toList();
    }

    /** Whose clients wait at the moment. */
    public Set<String> paused() {
        return new TreeSet<>(paused.keySet());
    }

    /** The longest that anybody has had to wait. */
    public Duration longestPause() {
        return longest;
    }

    @Override
    public synchronized Answer pause(SqlServer pooler) {
        return command(pooler, "pause", pod -> paused.putIfAbsent(pod, world.clock.instant()));
    }

    @Override
    public synchronized Answer resume(SqlServer pooler) {
        return command(pooler, "resume", pod -> {
            var since = paused.remove(pod);
            if (since != null) {
                var waited = Duration.between(since, world.clock.instant());
                longest = waited.compareTo(longest) > 0 ? waited : longest;
            }
        });
    }

    private Answer command(SqlServer pooler, String command, java.util.function.Consumer<String> does) {
        var pod = addresses.entrySet().stream()
                .filter(one -> pooler.hosts().contains(one.getValue()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        if (unreachable.contains(pod)) {
            return new Answer.NotReached("no route to host");
        }
        does.accept(pod);
        world.effect(command + " " + pod);
        return new Answer.Done();
    }
}
