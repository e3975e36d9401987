package dev.patronioperator.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Where the program begins. Which role it plays has to be known before Quarkus starts, as Quarkus opens the HTTP port first of all: only
 * services listen and log to standard output; the other commands keep standard output for their result.
 */
@QuarkusMain
public final class Main {

    private static final Set<String> SERVICES = Set.of("operator", "ui");
    private static final Set<String> HELP = Set.of("--help", "-h", "help", "--version", "-V");

    private Main() {}

    public static void main(String... arguments) {
        if (!isService(Arrays.asList(arguments))) {
            setting("quarkus.http.host-enabled", "false");
            setting("quarkus.log.console.stderr", "true");
            setting("quarkus.log.level", "WARN");
        }
        Quarkus.run(CommandLineApplication.class, (exitCode, failure) -> System.exit(exitCode), arguments);
    }

    static boolean isService(List<String> arguments) {
        return arguments.stream().findFirst().filter(SERVICES::contains).isPresent()
                && arguments.stream().noneMatch(HELP::contains);
    }

    /** What the person says in the environment or on the command line of the JVM counts more. */
    private static void setting(String name, String value) {
        var variable = name.toUpperCase(java.util.Locale.ROOT).replaceAll("[.-]", "_");
        if (System.getenv(variable) == null && System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
