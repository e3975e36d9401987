package dev.patronioperator.cli;

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

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.cli.output.AdoptionPrinter;
import dev.patronioperator.cli.output.AdoptionReport;
import dev.patronioperator.config.ConfigurationCheck;
import dev.patronioperator.controller.PrimaryFilters;
import dev.patronioperator.plan.Known;

/** Says beforehand what it would mean to take over clusters of another operator. */
@Dependent
@Unremovable
@Command(
        name = "adopt",
        description = {
            "Prints what would happen to the clusters of a namespace, or of all, if this operator took them over now: the plan of each, what is "
                    + "left for later, manifests that are refused, and parameters of the configuration that are refused or mean something else. "
                    + "Nothing is touched; the right to read suffices.",
            "",
            "The configuration is the one that the operator would read: CONFIG_MAP_NAME or POSTGRES_OPERATOR_CONFIGURATION_OBJECT, and "
                    + "OPERATOR_NAMESPACE, in the environment.",
            "",
            "Taking over itself needs no command: the operator does it when it is started.",
            "",
            "Exit code 0: safe, nothing restarts and everything is accepted. 2: something is to be seen to first. 1: it could not be found "
                    + "out."
        },
        footer = {
            "  # Can the operator be started?",
            "  CONFIG_MAP_NAME=postgres/postgres-operator patroni-operator adopt --check -A",
            "",
            "  # What is not safe?",
            "  patroni-operator adopt --check -A -o json | jq '.clusters[] | select(.verdict != \"SAFE\")'"
        },
        customSynopsis = "patroni-operator adopt --check [options]")
class AdoptCommand implements Callable<Integer> {

    private final Supplier<Planning> planning;
    private final ObjectMapper mapper;

    @Spec
    CommandSpec spec;

    @Option(
            names = "--check",
            required = true,
            description = "Looks and prints. Required, so that nobody takes the command for the deed.")
    boolean check;

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "The clusters of all namespaces.")
    boolean everywhere;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "The clusters of this namespace. Default: that of the kubeconfig's context.")
    Optional<String> namespace = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            paramLabel = "FORM",
            description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    AdoptionPrinter.Form output = AdoptionPrinter.Form.text;

    @Inject
    AdoptCommand(Instance<Planning> planning, ObjectMapper mapper) {
        this(planning::get, mapper);
    }

    AdoptCommand(Supplier<Planning> planning, ObjectMapper mapper) {
        this.planning = planning;
        this.mapper = mapper;
    }

    @Override
    public Integer call() {
        var planner = planning.get();
        var where = everywhere ? Optional.<String>empty() : Optional.of(namespace.orElseGet(planner::defaultNamespace));
        return switch (planner.configuration()) {
            case Known.Unknown<ConfigurationCheck>(var because) -> error(because);
            case Known.Value<ConfigurationCheck>(var configuration) ->
                switch (planner.list(where)) {
                    case Known.Unknown<List<Postgresql>>(var because) -> error(because);
                    case Known.Value<List<Postgresql>>(var clusters) -> report(configuration, clusters, planner);
                };
        };
    }

    private int report(ConfigurationCheck configuration, List<Postgresql> clusters, Planning planner) {
        var report = new AdoptionReport(
                configuration,
                clusters.stream().map(cluster -> look(cluster, planner)).toList());
        new AdoptionPrinter(mapper, spec.commandLine().getOut()).print(output, report);
        if (!report.isComplete()) {
            return ExitCode.ERROR;
        }
        return report.isSafe() ? ExitCode.OK : ExitCode.CHANGES;
    }

    private static AdoptionReport.Cluster look(Postgresql cluster, Planning planner) {
        return PrimaryFilters.isOurs(cluster)
                ? AdoptionReport.Cluster.of(cluster, planner.plan(cluster))
                : AdoptionReport.Cluster.ofOthers(cluster);
    }

    private int error(String message) {
        spec.commandLine().getErr().println("error: " + message);
        return ExitCode.ERROR;
    }
}
