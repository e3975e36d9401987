package dev.patronioperator.cli.output;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;

import dev.patronioperator.cli.PlannedManifest;
import dev.patronioperator.cli.manifest.ManifestProblem;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlanText;

/** Prints plans. */
public final class PlanPrinter {

    private final ObjectMapper json;
    private final PrintWriter out;

    public PlanPrinter(ObjectMapper json, PrintWriter out) {
        this.json = json;
        this.out = out;
    }

    /**
     * Prints in one of the forms.
     *
     * @param problems mistakes in files; the text form leaves them to standard error
     */
    public void print(PlanOutput output, List<PlannedCluster> clusters, List<ManifestProblem> problems) {
        try {
            switch (output) {
                case text -> clusters.forEach(this::text);
                case json ->
                    out.println(
                            json.writerWithDefaultPrettyPrinter().writeValueAsString(PlanTree.of(clusters, problems)));
                case yaml -> out.print(yaml(false).writeValueAsString(PlanTree.of(clusters, problems)));
                case objects -> objects(clusters);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        out.flush();
    }

    private void text(PlannedCluster cluster) {
        switch (cluster.planned()) {
            case PlannedManifest.Planned(Plan plan, var objects, var warnings) -> {
                out.println(cluster.title() + ": " + PlanText.summary(plan));
                PlanText.lines(plan).forEach(out::println);
                PlanText.deferred(plan).forEach(out::println);
                warnings.forEach(warning -> out.println("warning: " + warning));
            }
            case PlannedManifest.Rejected(var problems) -> {
                out.println(cluster.title() + ": refused");
                problems.forEach(problem -> out.println("  " + problem));
            }
            case PlannedManifest.Failed(var reason) ->
                out.println(cluster.title() + ": no plan can be made: " + reason);
        }
    }

    private void objects(List<PlannedCluster> clusters) throws IOException {
        var yaml = yaml(true);
        for (var cluster : clusters) {
            if (cluster.planned() instanceof PlannedManifest.Planned planned) {
                for (var object : planned.objects()) {
                    out.print(yaml.writeValueAsString(object));
                }
            }
        }
    }

    private ObjectMapper yaml(boolean manyDocuments) {
        return json.copyWith(YAMLFactory.builder()
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .configure(YAMLGenerator.Feature.WRITE_DOC_START_MARKER, manyDocuments)
                .build());
    }
}
