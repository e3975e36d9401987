package dev.patronioperator.cli.output;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.patronioperator.cli.PlannedManifest;
import dev.patronioperator.cli.output.AdoptionReport.Cluster;
import dev.patronioperator.plan.PlanText;

/** Prints what adoption would mean. */
public final class AdoptionPrinter {

    /** The forms in which it is printed. */
    public enum Form {
        /** For people. */
        text,
        /** For programs. Field names are added to, never changed. */
        json
    }

    private final ObjectMapper json;
    private final PrintWriter out;

    public AdoptionPrinter(ObjectMapper json, PrintWriter out) {
        this.json = json;
        this.out = out;
    }

    public void print(Form form, AdoptionReport report) {
        switch (form) {
            case text -> text(report);
            case json -> json(report);
        }
        out.flush();
    }

    private void text(AdoptionReport report) {
        var configuration = report.configuration();
        out.println("configuration: " + configuration.name()
                + (configuration.errors().isEmpty() ? "" : ": refused"));
        configuration.errors().forEach(error -> out.println("  error: " + error));
        configuration.notes().forEach(note -> out.println("  note: " + note));
        report.clusters().forEach(this::text);
        out.println();
        out.println(summary(report));
    }

    private void text(Cluster cluster) {
        out.println();
        out.println(cluster.title() + ": " + words(cluster));
        switch (cluster.planned()) {
            case PlannedManifest.Planned planned -> {
                PlanText.lines(planned.plan()).forEach(out::println);
                PlanText.deferred(planned.plan()).forEach(out::println);
                planned.warnings().forEach(warning -> out.println("warning: " + warning));
            }
            case PlannedManifest.Rejected(var problems) -> problems.forEach(problem -> out.println("  " + problem));
            case PlannedManifest.Failed(var reason) -> out.println("  " + reason);
        }
    }

    private static String words(Cluster cluster) {
        return switch (cluster.verdict()) {
            case SAFE -> "safe, " + plan(cluster);
            case DISRUPTIVE -> "NOT SAFE, " + plan(cluster);
            case REFUSES -> "asks for what is refused, " + plan(cluster);
            case REJECTED -> "the manifest is refused; the cluster goes on as it is and no change of it is carried out";
            case UNKNOWN -> "unknown";
            case OTHERS -> "is another operator's";
        };
    }

    private static String plan(Cluster cluster) {
        return cluster.planned() instanceof PlannedManifest.Planned planned
                ? PlanText.summary(planned.plan())
                : "no plan";
    }

    private static String summary(AdoptionReport report) {
        long open =
                report.clusters().stream().filter(cluster -> !cluster.isSafe()).count();
        var count = report.clusters().size() + (report.clusters().size() == 1 ? " cluster" : " clusters");
        if (report.isSafe()) {
            return count + ": the operator can be started, nothing restarts.";
        }
        return count + ", " + open + " to be seen to"
                + (report.configuration().errors().isEmpty() ? "." : ", and the configuration is refused.");
    }

    private void json(AdoptionReport report) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("safe", report.isSafe());
        tree.put(
                "configuration",
                Map.of(
                        "name", report.configuration().name(),
                        "errors", report.configuration().errors(),
                        "notes", report.configuration().notes()));
        tree.put(
                "clusters",
                report.clusters().stream().map(AdoptionPrinter::tree).toList());
        try {
            out.println(json.writerWithDefaultPrettyPrinter().writeValueAsString(tree));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Map<String, Object> tree(Cluster cluster) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("namespace", cluster.resource().getMetadata().getNamespace());
        tree.put("name", cluster.resource().getMetadata().getName());
        tree.put("verdict", cluster.verdict().name());
        if (cluster.verdict() != AdoptionReport.Verdict.OTHERS) {
            PlanTree.add(tree, cluster.planned());
        }
        return tree;
    }
}
