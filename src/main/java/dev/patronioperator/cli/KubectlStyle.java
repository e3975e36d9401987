package dev.patronioperator.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Makes help and errors look as people know them from kubectl: what it is, examples, options, usage; errors on one line. */
final class KubectlStyle {

    private static final String EXAMPLES = "examples";
    private static final String MORE = "more";

    private KubectlStyle() {}

    static CommandLine apply(CommandLine root) {
        layOut(root);
        root.setUsageHelpAutoWidth(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, arguments) -> usageError(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> failure(failure, command));
        return root;
    }

    private static void layOut(CommandLine command) {
        var usage = command.getCommandSpec().usageMessage();
        usage.width(120)
                .commandListHeading("%nCommands:%n")
                .optionListHeading("%nOptions:%n")
                .synopsisHeading("%nUsage:%n  ")
                .parameterListHeading("%nArguments:%n")
                .sortOptions(true);
        if (!command.getCommandSpec().optionsMap().containsKey("--help")) {
            command.getCommandSpec().mixinStandardHelpOptions(false);
            command.getCommandSpec()
                    .addOption(CommandLine.Model.OptionSpec.builder("-h", "--help")
                            .usageHelp(true)
                            .description("Prints this help.")
                            .build());
        }
        Map<String, IHelpSectionRenderer> sections = new LinkedHashMap<>(command.getHelpSectionMap());
        sections.put(EXAMPLES, KubectlStyle::examples);
        sections.put(MORE, KubectlStyle::more);
        command.setHelpSectionMap(sections);
        command.setHelpSectionKeys(List.of(
                UsageMessageSpec.SECTION_KEY_DESCRIPTION,
                EXAMPLES,
                UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
                UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
                UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
                UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
                UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
                UsageMessageSpec.SECTION_KEY_OPTION_LIST,
                UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
                UsageMessageSpec.SECTION_KEY_SYNOPSIS,
                MORE));
        command.getSubcommands().values().forEach(KubectlStyle::layOut);
    }

    private static String examples(Help help) {
        var footer = help.commandSpec().usageMessage().footer();
        return footer.length == 0 ? "" : "\nExamples:\n" + String.join("\n", footer) + "\n";
    }

    private static String more(Help help) {
        return help.commandSpec().subcommands().isEmpty()
                ? ""
                : "\nUse \"" + help.commandSpec().qualifiedName()
                        + " <command> --help\" for more information about a command.\n";
    }

    private static int usageError(CommandLine.ParameterException wrong) {
        var command = wrong.getCommandLine();
        command.getErr().println("error: " + wrong.getMessage());
        command.getErr().println("See '" + command.getCommandSpec().qualifiedName() + " --help' for usage.");
        return ExitCode.ERROR;
    }

    private static int failure(Exception failure, CommandLine command) {
        command.getErr()
                .println("error: " + (failure.getMessage() == null ? failure.toString() : failure.getMessage()));
        return ExitCode.ERROR;
    }
}
