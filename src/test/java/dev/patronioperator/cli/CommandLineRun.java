package dev.patronioperator.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.ObjectMapper;
import picocli.CommandLine;

/** One run of the program with the given planning, without Quarkus. */
record CommandLineRun(int exitCode, String out, String err) {

    static CommandLineRun with(Planning planning, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var command = commandLine(planning).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        var exitCode = command.execute(arguments);
        return new CommandLineRun(exitCode, out.toString(), err.toString());
    }

    static CommandLine commandLine(Planning planning) {
        var mapper = new ObjectMapper();
        Supplier<Planning> lazily = () -> planning;
        var commands = Map.<Class<?>, Supplier<?>>of(
                PlanCommand.class, () -> new PlanCommand(lazily, mapper),
                ExplainCommand.class, () -> new ExplainCommand(lazily),
                AdoptCommand.class, () -> new AdoptCommand(lazily, mapper),
                OperatorCommand.class, () -> new OperatorCommand(null),
                VersionProvider.class, () -> new VersionProvider("1.2.3"));
        var factory = new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return commands.containsKey(type)
                        ? type.cast(commands.get(type).get())
                        : CommandLine.defaultFactory().create(type);
            }
        };
        return KubectlStyle.apply(new CommandLine(new RootCommand(), factory));
    }
}
