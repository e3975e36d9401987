package dev.patronioperator.bench.fleet;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.awaitility.Awaitility;

import dev.patronioperator.testkit.ControlPlane;
import dev.patronioperator.testkit.FakeFleet;
import dev.patronioperator.testkit.Manifests;
import dev.patronioperator.testkit.OperatorUnderTest;

/**
 * {@code ./dev bench fleet N}: the packaged operator and N clusters on an API server whose nodes are played. Prints what it finds beside the figures of the
 * Zalando operator, which were measured in the same way, and writes it to {@code target/bench/fleet-N.md} and {@code .json}.
 */
public final class FleetBenchmark {

    private static final Path FOLDER = Path.of("target/bench");
    private static final int INSTANCES = 2;
    private static final int STARTS = 3;
    private static final int SAMPLE = 10;
    private static final Duration QUIET = Duration.ofSeconds(4);
    /** An edit that has not arrived by then has not arrived. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ControlPlane plane;
    private final FleetState state;
    private final List<String> clusters;
    private final FleetFigures figures;

    private FleetBenchmark(ControlPlane plane, int clusters) {
        this.plane = plane;
        this.state = new FleetState(plane.client(), plane.namespace());
        this.clusters =
                IntStream.range(0, clusters).mapToObj("acid-%04d"::formatted).toList();
        this.figures = new FleetFigures(clusters);
    }

    public static void main(String... arguments) throws Exception {
        // Players of nodes go on for ever; a measurement that fails does not.
        Thread.currentThread().setUncaughtExceptionHandler((main, failure) -> {
            failure.printStackTrace();
            System.exit(1);
        });
        var count = Integer.parseInt(arguments[0]);
        try (var plane = ControlPlane.start("bench-" + ProcessHandle.current().pid(), "fleet")) {
            plane.fleet();
            var table = new FleetBenchmark(plane, count).measure();
            System.out.println(table);
        }
        System.exit(0);
    }

    private String measure() throws IOException {
        figures.note("machine", "%d processors, load at the start %s".formatted(processors(), load()));
        var operator = start();
        create(operator);
        operator = restart(operator);
        sync(operator);
        edit(operator);
        figures.memory(operator.memory()).note("load at the end", load());
        operator.close();
        state.close();
        return write();
    }

    private OperatorUnderTest start() {
        var took = new ArrayList<Double>();
        OperatorUnderTest operator = null;
        for (int i = 0; i < STARTS; i++) {
            if (operator != null) {
                operator.close();
            }
            var began = System.nanoTime();
            operator = launch();
            took.add(secondsSince(began));
        }
        figures.start(new Latencies(took).quantile(0.5), operator.memory());
        say("started in " + took + " s");
        return operator;
    }

    private OperatorUnderTest launch() {
        var operator = plane.operator()
                .with("enable_database_access", "false")
                .withEnvironment("WATCHED_NAMESPACE", "*")
                .start();
        Awaitility.await("the operator leads").atMost(PATIENCE).until(plane::hasLeader);
        return operator;
    }

    private void create(OperatorUnderTest operator) throws IOException {
        var requests = requests(operator);
        var processor = operator.processorTime();
        var began = System.nanoTime();
        // Two at a time are faster than any operator and leave it a processor.
        clusters.stream().parallel().forEach(this::create);
        state.awaitSets(name -> true, clusters.size());
        var sets = secondsSince(began);
        say("all StatefulSets after %.1f s".formatted(sets));
        state.awaitRunning(clusters.size());
        var running = secondsSince(began);
        requests.awaitQuiet(QUIET);
        figures.created(sets, running, operator.processorTime().minus(processor).toMillis() / 1000.0);
        var all = requests.all();
        figures.requests(
                all.size(),
                all.stream().filter(OperatorRequests.Request::isWrite).count(),
                requests.perCluster(clusters.size()));
        say("all Running after %.1f s".formatted(running));
    }

    private void create(String name) {
        var cluster = Manifests.sampleWith("minimal.yaml", "schedulerName: " + FakeFleet.SCHEDULER);
        cluster.getMetadata().setNamespace(plane.namespace());
        cluster.getMetadata().setName(name);
        plane.client().resource(cluster).create();
    }

    private OperatorUnderTest restart(OperatorUnderTest operator) {
        operator.close();
        var requests = requests(operator);
        var began = Instant.now();
        var next = launch();
        var quiet = requests.awaitQuiet(QUIET);
        figures.restarted(Duration.between(began, quiet).toMillis() / 1000.0, requests.perCluster(clusters.size()));
        say("quiet again after " + Duration.between(began, quiet));
        return next;
    }

    /** A parameter that touches no object changes, and every cluster is looked at again. */
    private void sync(OperatorUnderTest operator) {
        var requests = requests(operator);
        var processor = operator.processorTime();
        plane.client()
                .configMaps()
                .inNamespace(plane.namespace())
                .withName("patroni-operator")
                .edit(map -> {
                    map.getData().put("workers", "9");
                    return map;
                });
        Awaitility.await("the sync begins").atMost(PATIENCE).until(() -> operator.log()
                .contains("workers"));
        requests.awaitQuiet(QUIET);
        figures.idle(requests.all().size())
                .note(
                        "processor time of a sync, for each cluster, ms",
                        "%.1f"
                                .formatted(operator.processorTime()
                                                .minus(processor)
                                                .toMillis()
                                        / (double) clusters.size()));
    }

    private void edit(OperatorUnderTest operator) {
        var requests = requests(operator);
        var sample = sample();
        var each = new ArrayList<Double>();
        for (var name : sample) {
            each.addAll(edit(List.of(name), INSTANCES + 1).seconds());
            requests.awaitQuiet(Duration.ofSeconds(1));
        }
        say("edits one at a time: " + each);
        var atOnce = edit(sample, INSTANCES);
        say("edits at once: " + atOnce.seconds());
        requests.awaitQuiet(QUIET);
        var stuck = IntStream.range(0, Math.max(1, clusters.size() / 10))
                .mapToObj((FakeFleet.STUCK + "%04d")::formatted)
                .toList();
        stuck.forEach(this::create);
        state.awaitSets(name -> name.startsWith(FakeFleet.STUCK), stuck.size());
        requests.awaitQuiet(QUIET);
        var besideStuck = edit(sample, INSTANCES + 1);
        say("edits beside stuck clusters: " + besideStuck.seconds());
        figures.edits(new Latencies(each), atOnce, besideStuck);
    }

    private List<String> sample() {
        var step = Math.max(1, clusters.size() / SAMPLE);
        return IntStream.range(0, Math.min(SAMPLE, clusters.size()))
                .mapToObj(i -> clusters.get(i * step))
                .toList();
    }

    /** All at once; then waits for their StatefulSets. */
    private Latencies edit(List<String> names, int instances) {
        var edited = new LinkedHashMap<String, Long>();
        names.forEach(name -> {
            edited.put(name, System.nanoTime());
            plane.client()
                    .genericKubernetesResources("acid.zalan.do/v1", "postgresql")
                    .inNamespace(plane.namespace())
                    .withName(name)
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"spec\":{\"numberOfInstances\":%d}}".formatted(instances));
        });
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && !names.stream().allMatch(name -> state.since(name, instances) >= 0)) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        return new Latencies(edited.entrySet().stream()
                .filter(edit -> state.since(edit.getKey(), instances) >= 0)
                .map(edit -> (state.since(edit.getKey(), instances) - edit.getValue()) / 1e9)
                .toList());
    }

    private OperatorRequests requests(OperatorUnderTest operator) {
        return new OperatorRequests(plane.auditLog(), operator.user());
    }

    private String write() throws IOException {
        Files.createDirectories(FOLDER);
        var table = figures.table();
        Files.writeString(FOLDER.resolve("fleet-" + clusters.size() + ".md"), table);
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(FOLDER.resolve("fleet-" + clusters.size() + ".json").toFile(), figures.asMap());
        return table;
    }

    private static double secondsSince(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static String load() {
        return String.format(
                Locale.ROOT,
                "%.1f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static void say(String text) {
        System.err.println(text);
    }
}
