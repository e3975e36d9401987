package dev.patronioperator.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import io.quarkus.arc.Unremovable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.cli.output.ExplanationPrinter;
import dev.patronioperator.plan.Known;

/** Prints why a cluster is as it is. */
@Dependent
@Unremovable
@Command(
        name = "explain",
        description = {
            "Prints why a cluster is as it is: its conditions with their reasons, its instances, what is waited for, and what the operator "
                    + "would do now. Nothing is touched.",
            "",
            "Exit code 0: the cluster was found. 1: it does not exist or cannot be read."
        },
        footer = {
            "  patroni-operator explain acid-minimal-cluster",
            "  patroni-operator explain acid-minimal-cluster -n databases"
        },
        customSynopsis = "patroni-operator explain NAME [options]")
class ExplainCommand implements Callable<Integer> {

    private final Supplier<Planning> planning;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "Name of the postgresql.")
    String name = "";

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "Its namespace. Default: that of the kubeconfig's context.")
    Optional<String> namespace = Optional.empty();

    @Inject
    ExplainCommand(Instance<Planning> planning) {
        this(planning::get);
    }

    ExplainCommand(Supplier<Planning> planning) {
        this.planning = planning;
    }

    @Override
    public Integer call() {
        var planner = planning.get();
        var where = namespace.orElseGet(planner::defaultNamespace);
        return switch (planner.find(where, name)) {
            case Known.Value<Optional<Postgresql>>(var found)
            when found.isPresent() -> {
                new ExplanationPrinter(spec.commandLine().getOut()).print(found.get(), planner.plan(found.get()));
                yield ExitCode.OK;
            }
            case Known.Value<Optional<Postgresql>> none ->
                error("there is no postgresql \"" + name + "\" in namespace " + where);
            case Known.Unknown<Optional<Postgresql>>(var because) -> error(because);
        };
    }

    private int error(String message) {
        spec.commandLine().getErr().println("error: " + message);
        return ExitCode.ERROR;
    }
}
