package dev.patronioperator.plan;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A short text that tells two documents apart: the same for the same values, whatever the order of keys. */
public final class Fingerprint {

    private Fingerprint() {}

    /**
     * @param document a tree of maps, lists and scalars; keys without a value do not count
     */
    public static String of(Map<String, ?> document) {
        return UUID.nameUUIDFromBytes(canonical(document).toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static Object canonical(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var sorted = new TreeMap<String, Object>();
                map.forEach((key, inner) -> {
                    if (inner != null) {
                        sorted.put(String.valueOf(key), canonical(inner));
                    }
                });
                yield sorted;
            }
            case List<?> list -> list.stream().map(Fingerprint::canonical).toList();
            case null -> "";
            // Quoted, so that no text can pass for a structure.
            default -> "\"" + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        };
    }
}
