package dev.patronioperator.settings.parameters;

import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import dev.patronioperator.settings.Effect;
import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.ParameterGroup;
import dev.patronioperator.settings.Source;
import dev.patronioperator.testkit.GeneratedFile;

/** {@code docs/reference/configuration.md} says what the catalogue says. */
class ConfigurationReferenceTest {
    private static final String INTRODUCTION =
            """
            # Operator configuration

            <!-- Generated from the catalogue of parameters by ConfigurationReferenceTest. Do not edit. -->

            The operator reads its configuration from one object, in its own namespace unless told otherwise, and follows every change of it at once, without
            a restart (but for `watched_namespace`): from an `OperatorConfiguration` if the variable `POSTGRES_OPERATOR_CONFIGURATION_OBJECT` names one, else from the ConfigMap that
            `CONFIG_MAP_NAME` (`[namespace/]name`) names, else everything has its default.

            In an `OperatorConfiguration` a parameter stands below `configuration`, in its group; in a ConfigMap the name alone is the key, and every value is a
            text. An empty text stands for false, 0, empty or none; where that is no value the default applies. Lists are separated by commas, maps are written
            `key:value,key:value` (commas between quotes belong to the value), durations as `300ms`, `90s`, `10m` or `1h30m`.

            A configuration with an error is refused as a whole, with all its errors in an event, in the log and in the condition `Accepted` of the
            `OperatorConfiguration`; the last good one stays in force. After a start with an invalid configuration the operator is not ready and does nothing.
            Names that are no parameters are reported and ignored.

            ## What a change touches

            In brackets what it costs a running cluster at most: NONE; RELOAD, PostgreSQL reads its configuration again; RESTART, it restarts within its Pods;
            RECREATE, Pods are replaced one by one, the primary's after a switchover; OUTAGE, nobody can write for a while; FORBIDDEN, it is not done.

            """;

    @Test
    void isUpToDate() {
        var text = new StringBuilder(INTRODUCTION);
        for (var effect : Effect.values()) {
            text.append("- *")
                    .append(name(effect))
                    .append("* (")
                    .append(effect.impact())
                    .append("): ")
                    .append(effect.text())
                    .append(".\n");
        }
        Catalogue.groups().forEach(group -> text.append(section(group)));
        GeneratedFile.of("docs/reference/configuration.md").holds(text.toString());
    }

    private static String section(ParameterGroup group) {
        var heading = "\n## " + group.title()
                + group.name().map(name -> " (`" + name + "`)").orElse("") + "\n";
        return heading
                + group.parameters().stream()
                        .map(ConfigurationReferenceTest::entry)
                        .collect(Collectors.joining());
    }

    private static <T> String entry(Parameter<T> parameter) {
        var text = new StringBuilder("\n### `" + parameter.key() + "`\n\n");
        text.append(parameter.description());
        parameter
                .deprecation()
                .ifPresent(why -> text.append(" **Deprecated**: ").append(why).append('.'));
        text.append("\n\n- Type: ").append(parameter.codec().type());
        parameter.unit().ifPresent(unit -> text.append(", in ").append(unit));
        text.append("; ").append(parameter.codec().allowed()).append(".\n");
        text.append("- Default: ").append(defaults(parameter)).append(".\n");
        text.append("- A change touches: ")
                .append(parameter.effects().stream()
                        .map(ConfigurationReferenceTest::name)
                        .collect(Collectors.joining(", ")))
                .append(".\n- It may cost: ")
                .append(parameter.impact())
                .append(".\n");
        parameter.noEffect().ifPresent(why -> text.append("- **No effect here**: ")
                .append(why)
                .append(".\n"));
        parameter.manifestField().ifPresent(field -> text.append("- In a manifest: `")
                .append(field)
                .append("`.\n"));
        if (parameter.sources().size() == 1) {
            text.append("- Only in a ")
                    .append(parameter.sources().iterator().next().kind())
                    .append(".\n");
        } else if (parameter.group().name().isPresent()) {
            text.append("- In an OperatorConfiguration: `")
                    .append(parameter.path())
                    .append("`.\n");
        }
        parameter
                .formerKeys()
                .forEach(key -> text.append("- Formerly `").append(key).append("`.\n"));
        parameter.unlikePeer().ifPresent(how -> text.append("- Unlike the Zalando operator: ")
                .append(how)
                .append('\n'));
        return text.toString();
    }

    private static <T> String defaults(Parameter<T> parameter) {
        var defaults = parameter.defaults();
        var flat = value(parameter, defaults.configMap());
        var tree = value(parameter, defaults.schema());
        var absent = value(parameter, defaults.resource());
        var both = flat.equals(tree)
                ? flat
                : flat + " in a " + Source.CONFIG_MAP.kind() + ", " + tree + " in an " + Source.RESOURCE.kind();
        return absent.equals(tree)
                ? both
                : both + " (" + absent + " if it has no group `"
                        + parameter.group().name().orElse("") + "`)";
    }

    private static <T> String value(Parameter<T> parameter, T value) {
        var text = parameter.codec().toText(value);
        return text.isEmpty() ? "none" : "`" + text + "`";
    }

    private static String name(Effect effect) {
        return effect.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
