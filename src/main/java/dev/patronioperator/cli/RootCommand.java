package dev.patronioperator.cli;

import java.util.concurrent.Callable;

import jakarta.enterprise.context.Dependent;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program itself: without a command it says what commands there are. */
@Dependent
@Command(
        name = RootCommand.NAME,
        description = {
            "Runs highly available PostgreSQL on Kubernetes with Patroni, driven by manifests, and says what it will do and why before it does it.",
            "",
            "Installed under the name kubectl-pg it is a plugin: \"kubectl pg plan -f cluster.yaml\"."
        },
        footer = {
            "  # What would this manifest change?",
            "  patroni-operator plan -f cluster.yaml",
            "",
            "  # Why is this cluster as it is?",
            "  patroni-operator explain acid-minimal-cluster -n databases"
        },
        versionProvider = VersionProvider.class,
        subcommands = {
            OperatorCommand.class,
            PlanCommand.class,
            ExplainCommand.class,
            AdoptCommand.class,
            CompletionCommand.class
        })
class RootCommand implements Callable<Integer> {

    static final String NAME = "patroni-operator";

    @Spec
    CommandSpec spec;

    @picocli.CommandLine.Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Prints the version.")
    boolean version;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
