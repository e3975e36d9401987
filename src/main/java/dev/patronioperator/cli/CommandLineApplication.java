package dev.patronioperator.cli;

import io.quarkus.runtime.QuarkusApplication;
import picocli.CommandLine;

/** Runs the command that the arguments name. */
class CommandLineApplication implements QuarkusApplication {

    private final RootCommand root;
    private final CommandLine.IFactory commands;

    CommandLineApplication(RootCommand root, CommandLine.IFactory commands) {
        this.root = root;
        this.commands = commands;
    }

    @Override
    public int run(String... arguments) {
        return KubectlStyle.apply(new CommandLine(root, commands)).execute(arguments);
    }
}
