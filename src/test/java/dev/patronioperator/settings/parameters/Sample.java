package dev.patronioperator.settings.parameters;

import java.util.List;

import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.Source;

/** A value for each parameter, as text, that is not its default. */
public final class Sample {
    private Sample() {}

    public static String of(Parameter<?> parameter) {
        var byDefault = defaultText(parameter);
        return switch (parameter.codec().type()) {
            case "boolean" -> byDefault.equals("true") ? "false" : "true";
            case "integer" -> "7";
            case "duration" -> "77s";
            case "quantity" -> "77m";
            case "major version" -> "16";
            case "cron schedule" -> "7 7 * * 7";
            case "enum" ->
                words(parameter).stream()
                        .filter(word -> !word.equals(byDefault))
                        .findFirst()
                        .orElseThrow();
            case "string", "[namespace/]name", "list of string" -> "other";
            case "list of maintenance window" -> "Sun:01:00-02:00";
            case "map" -> "other:sample";
            case "toleration" -> "key:other,operator:Exists";
            case "claim retention" -> "when_deleted:delete";
            case "list of infrastructure role" -> "secretname:s,userkey:u,passwordkey:p";
            default ->
                throw new AssertionError("no sample for a " + parameter.codec().type());
        };
    }

    private static <T> String defaultText(Parameter<T> parameter) {
        return parameter.codec().toText(Settings.defaults(Source.CONFIG_MAP).get(parameter));
    }

    @SuppressWarnings("unchecked") // the schema of an enum lists texts
    private static List<String> words(Parameter<?> parameter) {
        return (List<String>) parameter.codec().schema().get("enum");
    }
}
