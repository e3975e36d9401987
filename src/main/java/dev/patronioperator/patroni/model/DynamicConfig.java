package dev.patronioperator.patroni.model;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Patroni's dynamic configuration, kept in the DCS. A tree and not a class, because people put into it what their version of Patroni
 * knows: {@code synchronous_mode} may be a boolean or {@code quorum}, a slot may hold numbers, and foreign keys must survive.
 *
 * @param tree maps, lists, strings, numbers, booleans and nulls; not modifiable
 */
public record DynamicConfig(Map<String, Object> tree) {

    public DynamicConfig {
        tree = frozen(tree);
    }

    /** A scalar as text ({@code ttl} → {@code 30}, {@code synchronous_mode} → {@code quorum}); empty if absent or no scalar. */
    public Optional<String> setting(String name) {
        return Optional.ofNullable(tree.get(name))
                .filter(DynamicConfig::isScalar)
                .map(String::valueOf);
    }

    /** How often a member looks at the cluster and at this configuration; empty if that is left to Patroni. */
    public Optional<Duration> loopWait() {
        return setting("loop_wait")
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Long::parseLong)
                .map(Duration::ofSeconds);
    }

    /** The PostgreSQL settings, all as text. */
    public SortedMap<String, String> parameters() {
        var parameters = new TreeMap<String, String>();
        asMap(asMap(tree.get("postgresql")).get("parameters")).forEach((name, value) -> {
            if (value != null) {
                parameters.put(name, String.valueOf(value));
            }
        });
        return Collections.unmodifiableSortedMap(parameters);
    }

    /** What {@code PATCH /config} would make of it. */
    public DynamicConfig patched(Map<String, ?> patch) {
        return new DynamicConfig(merged(tree, patch));
    }

    /** Whether {@code PATCH /config} would change anything; if not, it need not be sent. */
    public boolean isChangedBy(Map<String, ?> patch) {
        return !merged(tree, patch).equals(tree);
    }

    /** Only the keys: settings may hold passwords ({@code primary_conninfo}, {@code archive_command}). */
    @Override
    public String toString() {
        return "DynamicConfig" + tree.keySet();
    }

    /** As {@code patch_config} in Patroni's utils.py: null removes, maps are merged, everything else is compared by its text. */
    private static Map<String, Object> merged(Map<String, Object> present, Map<String, ?> patch) {
        var result = new LinkedHashMap<>(present);
        patch.forEach((name, value) -> {
            var before = present.get(name);
            if (value == null) {
                result.remove(name);
            } else if (before instanceof Map && value instanceof Map) {
                result.put(name, merged(asMap(before), asMap(value)));
            } else if (!String.valueOf(value).equals(String.valueOf(before))
                    || value instanceof Boolean != before instanceof Boolean) {
                result.put(name, value); // Python prints true as True, so the text "true" is another value
            }
        });
        return result;
    }

    private static boolean isScalar(Object value) {
        return !(value instanceof Map) && !(value instanceof List);
    }

    @SuppressWarnings("unchecked") // keys of a JSON object are strings
    private static Map<String, Object> asMap(Object value) {
        return value instanceof Map ? (Map<String, Object>) value : Map.of();
    }

    private static Map<String, Object> frozen(Map<String, ?> map) {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((name, value) -> copy.put(name, frozen(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static Object frozen(Object value) {
        return switch (value) {
            case Map<?, ?> map -> frozen(asMap(map));
            case List<?> list -> list.stream().map(DynamicConfig::frozen).toList();
            case null, default -> value;
        };
    }
}
