package dev.patronioperator.bench;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import dev.patronioperator.cli.manifest.ManifestReader;
import dev.patronioperator.cli.manifest.Manifests;
import dev.patronioperator.cluster.desired.DesiredObjects;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.planning.ClusterPlanner;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.plan.FieldDifference;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.SpecDiffer;

/**
 * What one look at one cluster costs the processor when nothing is to be done, part by part, in the virtual machine's mode in which the operator runs
 * (serial collector, first compiler). Requests to the API server are measured by {@code ./dev bench fleet}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx192m"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReconcileBenchmark {

    private static final Explanation WHY = new Explanation(false, false, false);

    /** The smallest manifest, and the one with nearly all fields. */
    @Param({"001-minimal", "002-complete"})
    public String manifest;

    private BenchmarkedCluster cluster;
    private String yaml;
    private DesiredObjects desired;
    private ObservedCluster observed;
    private StoredObjects stored;
    private ClusterPlanner planner;
    private ClusterPlanner.Wanted wanted;
    private StatefulSet wantedSet;
    private StatefulSet foundSet;

    @Setup
    public void prepare() throws JsonProcessingException {
        cluster = BenchmarkedCluster.ofCase(manifest);
        yaml = new ObjectMapper(new YAMLFactory()).writeValueAsString(cluster.manifest);
        desired = cluster.desired();
        observed = cluster.observed(desired);
        stored = new StoredObjects(cluster.stored(desired));
        planner = new ClusterPlanner(BenchmarkedCluster.TREES);
        wanted = cluster.wanted(desired);
        wantedSet = desired.objects().stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .findFirst()
                .orElseThrow();
        foundSet = observed.statefulSet().orElseThrow();
        var differences = specDiff();
        if (!differences.isEmpty()) {
            throw new IllegalStateException("nothing should be to be done, but there is: " + differences);
        }
    }

    @Benchmark
    public Manifests manifestParse() {
        return ManifestReader.read(
                List.of("-"),
                BenchmarkedCluster.JSON,
                new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)),
                "default");
    }

    /** Model and objects. */
    @Benchmark
    public DesiredObjects rendering() {
        return cluster.desired();
    }

    @Benchmark
    public Known<ObservedCluster> observing() {
        return cluster.observer.observe(cluster.scope(desired), stored);
    }

    @Benchmark
    public Plan planning() {
        return planner.plan(wanted, observed, WHY);
    }

    /** The largest object of a cluster. */
    @Benchmark
    public List<FieldDifference> specDiff() {
        ObjectTrees trees = BenchmarkedCluster.TREES;
        return SpecDiffer.differences(trees.of(wantedSet), trees.of(foundSet), trees.ownership(foundSet));
    }
}
