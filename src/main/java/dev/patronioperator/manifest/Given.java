package dev.patronioperator.manifest;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes the nulls out of what a manifest does not say. */
public final class Given {

    private Given() {}

    /** A text that says something. */
    public static Optional<String> text(String value) {
        return Optional.ofNullable(value).filter(text -> !text.isEmpty());
    }

    /** A list, empty when absent. */
    public static <T> List<T> list(List<T> value) {
        return value == null ? List.of() : value;
    }

    /** A map, empty when absent. */
    public static <T> Map<String, T> map(Map<String, T> value) {
        return value == null ? Map.of() : value;
    }

    /** A switch that the configuration decides where the manifest is silent. */
    public static boolean flag(Boolean value, boolean otherwise) {
        return value == null ? otherwise : value;
    }
}
