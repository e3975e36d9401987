package dev.patronioperator.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.Unremovable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import dev.patronioperator.cli.manifest.ManifestReader;
import dev.patronioperator.cli.manifest.Manifests;
import dev.patronioperator.cli.output.PlanOutput;
import dev.patronioperator.cli.output.PlanPrinter;
import dev.patronioperator.cli.output.PlannedCluster;
import dev.patronioperator.plan.Impact;

/** Prints what the operator would do about manifests. */
@Dependent
@Unremovable
@Command(
        name = "plan",
        description = {
            "Prints what the operator would do about the manifests, step by step, with the impact of each step and the reasons for it.",
            "",
            "Each manifest is compared with the cluster of its name; where there is none, the plan creates it. Nothing is touched.",
            "",
            "Exit code 0: there is nothing to do. 2: there are changes. 1: a manifest is wrong or asks for what is refused, or the "
                    + "cluster cannot be read."
        },
        footer = {
            "  # What would this manifest change?",
            "  patroni-operator plan -f cluster.yaml",
            "",
            "  # The same for what a template makes",
            "  helm template . | patroni-operator plan -f -",
            "",
            "  # The objects that the cluster consists of",
            "  patroni-operator plan -f cluster.yaml -o objects",
            "",
            "  # Stop a pipeline that would restart a database",
            "  patroni-operator plan -f clusters/ -o json | jq -e '[.clusters[].impact] | inside([\"NONE\",\"RELOAD\"])'"
        },
        customSynopsis = "patroni-operator plan -f FILE [-f FILE ...] [options]")
class PlanCommand implements Callable<Integer> {

    private final Supplier<Planning> planning;
    private final ObjectMapper mapper;

    @Spec
    CommandSpec spec;

    @Option(
            names = {"-f", "--filename"},
            required = true,
            paramLabel = "FILE",
            description = "Manifest, directory of manifests, or - for standard input. May be given several times.")
    List<String> files = List.of();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            paramLabel = "FORM",
            description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    PlanOutput output = PlanOutput.text;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "Namespace of manifests that do not say theirs. Default: that of the kubeconfig's context.")
    Optional<String> namespace = Optional.empty();

    @Inject
    PlanCommand(Instance<Planning> planning, ObjectMapper mapper) {
        this(planning::get, mapper);
    }

    PlanCommand(Supplier<Planning> planning, ObjectMapper mapper) {
        this.planning = planning;
        this.mapper = mapper;
    }

    @Override
    public Integer call() {
        var planner = planning.get();
        var manifests = ManifestReader.read(files, mapper, System.in, namespace.orElseGet(planner::defaultNamespace));
        var clusters = new ArrayList<PlannedCluster>();
        manifests
                .manifests()
                .forEach(manifest -> clusters.add(new PlannedCluster(manifest, planner.plan(manifest.resource()))));
        new PlanPrinter(mapper, spec.commandLine().getOut()).print(output, clusters, manifests.problems());
        tellOfFiles(manifests);
        return exitCode(manifests, clusters);
    }

    private void tellOfFiles(Manifests manifests) {
        var err = spec.commandLine().getErr();
        manifests.skipped().forEach(skipped -> err.println("skipped: " + skipped));
        manifests.problems().forEach(problem -> err.println("error: " + problem));
        if (manifests.manifests().isEmpty() && manifests.problems().isEmpty()) {
            err.println("error: there is no manifest of a postgresql in " + String.join(", ", files));
        }
    }

    private static int exitCode(Manifests manifests, List<PlannedCluster> clusters) {
        if (clusters.isEmpty()
                || !manifests.problems().isEmpty()
                || clusters.stream().anyMatch(PlanCommand::isRefused)) {
            return ExitCode.ERROR;
        }
        return clusters.stream().anyMatch(PlanCommand::hasChanges) ? ExitCode.CHANGES : ExitCode.OK;
    }

    private static boolean isRefused(PlannedCluster cluster) {
        return !(cluster.planned() instanceof PlannedManifest.Planned planned)
                || planned.plan().impact() == Impact.FORBIDDEN;
    }

    private static boolean hasChanges(PlannedCluster cluster) {
        return cluster.planned() instanceof PlannedManifest.Planned planned
                && planned.plan().changesAnything();
    }
}
