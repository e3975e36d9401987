package dev.patronioperator.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * {@code ./dev bench}: runs the microbenchmarks, writes JMH's own result and a table to {@code target/bench}. Arguments are JMH's. Ends with 1 if a
 * goal is missed.
 */
public final class Benchmarks {

    private static final Path FOLDER = Path.of("target/bench");

    /** Microseconds. Those of rendering and planning are the project's promise; the others keep the parts in proportion. */
    private static final Map<String, Double> GOALS = Map.of(
            "rendering",
            5_000.0,
            "planning",
            5_000.0,
            "observing",
            1_000.0,
            "specDiff",
            2_000.0,
            "manifestParse",
            20_000.0,
            "quietDatabases",
            2_000_000.0);

    private Benchmarks() {}

    public static void main(String... arguments) throws IOException, RunnerException, CommandLineOptionException {
        Files.createDirectories(FOLDER);
        var options = new OptionsBuilder()
                .parent(new CommandLineOptions(arguments))
                .addProfiler(ProcessorTime.class)
                .resultFormat(ResultFormatType.JSON)
                .result(FOLDER.resolve("benchmarks.json").toString())
                .build();
        var results = new Runner(options).run();
        var table = table(results);
        Files.writeString(FOLDER.resolve("benchmarks.md"), table);
        System.out.println(table);
        if (results.stream().anyMatch(result -> ratio(result) > 1)) {
            System.exit(1);
        }
    }

    private static String table(Collection<RunResult> results) {
        var rows = results.stream().map(Benchmarks::row).collect(Collectors.joining());
        return """
                %s

                | what | manifest | elapsed | processor time | goal | of the goal |
                | --- | --- | ---: | ---: | ---: | ---: |
                %s"""
                .formatted(machine(), rows);
    }

    private static String row(RunResult result) {
        var elapsed = result.getPrimaryResult();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.3f ms | %.3f ms | %.0f ms | %.2f |%n",
                elapsed.getLabel(),
                result.getParams().getParam("manifest"),
                elapsed.getScore() / 1000,
                processorTime(result) / 1000,
                GOALS.get(elapsed.getLabel()) / 1000,
                ratio(result));
    }

    /** Judged by processor time, so that a busy machine is not taken for a slow program. */
    private static double ratio(RunResult result) {
        return processorTime(result) / GOALS.get(result.getPrimaryResult().getLabel());
    }

    private static double processorTime(RunResult result) {
        return result.getSecondaryResults().get(ProcessorTime.LABEL).getScore();
    }

    private static String machine() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "%s, Java %s, %d processors, load at the end %.1f",
                system.getArch(),
                Runtime.version(),
                system.getAvailableProcessors(),
                system.getSystemLoadAverage());
    }
}
