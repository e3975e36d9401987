package dev.patronioperator.cli;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import dev.patronioperator.testkit.GeneratedFile;

/** docs/cli.md is the help of the commands. */
class CommandLineDocumentTest {

    @Test
    void documentHoldsTheHelpOfEveryCommand() {
        var root = CommandLineRun.commandLine(new FakePlanning());
        var text = new StringBuilder(
                """
                # Command line

                <!-- Generated from src/main/java/dev/patronioperator/cli by CommandLineDocumentTest. Do not edit. -->

                One program in several roles. As a kubectl plugin it is the same program under the name `kubectl-pg` somewhere in `PATH`
                (`ln -s patroni-operator kubectl-pg`): `kubectl pg plan -f cluster.yaml`. It talks to the cluster of `$KUBECONFIG`, else of
                `~/.kube/config`, with your rights, and reads only; `--context` and other options of kubectl are not known.

                Results go to standard output, everything else to standard error.

                """);
        append(text, root);
        root.getSubcommands().values().forEach(command -> append(text, command));
        GeneratedFile.of("docs/cli.md").holds(text.toString().stripTrailing() + "\n");
    }

    private static void append(StringBuilder text, CommandLine command) {
        text.append("## ").append(command.getCommandSpec().qualifiedName()).append("\n\n```\n");
        text.append(command.getUsageMessage(CommandLine.Help.Ansi.OFF)
                .strip()
                .lines()
                .map(String::stripTrailing)
                .collect(java.util.stream.Collectors.joining("\n")));
        text.append("\n```\n\n");
    }
}
