package dev.patronioperator.settings.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Maps from text to text, in the order written: {@code key:value,key:value} in a text. */
record MapCodec() implements Codec<Map<String, String>> {

    @Override
    public String type() {
        return "map";
    }

    @Override
    public String allowed() {
        return "a map of texts; in a ConfigMap key:value pairs separated by commas";
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "object", "additionalProperties", Map.of("type", "string"));
    }

    @Override
    public Parsed<Map<String, String>> fromText(String text) {
        return QuotedItems.split(text).then(MapCodec::pairs);
    }

    private static Parsed<Map<String, String>> pairs(List<String> items) {
        var map = new LinkedHashMap<String, String>();
        var reasons = new ArrayList<String>();
        for (var item : items) {
            var colon = item.indexOf(':');
            if (colon < 0) {
                reasons.add("has the item `" + item + "`, which is no key:value pair");
            } else {
                map.put(
                        item.substring(0, colon).trim(),
                        item.substring(colon + 1).trim());
            }
        }
        return reasons.isEmpty() ? Parsed.valid(Collections.unmodifiableMap(map)) : new Parsed.Invalid<>(reasons);
    }

    @Override
    public Parsed<Map<String, String>> fromTree(Object tree, Models models) {
        if (!(tree instanceof Map<?, ?> entries)) {
            return Parsed.invalid("must be a map of texts");
        }
        var map = new LinkedHashMap<String, String>();
        var reasons = new ArrayList<String>();
        entries.forEach((key, value) -> {
            if (value instanceof String text) {
                map.put(key.toString(), text);
            } else {
                reasons.add("has the key `" + key + "`, whose value must be a text");
            }
        });
        return reasons.isEmpty() ? Parsed.valid(Collections.unmodifiableMap(map)) : new Parsed.Invalid<>(reasons);
    }

    @Override
    public Optional<Map<String, String>> empty() {
        return Optional.of(Map.of());
    }

    @Override
    public String toText(Map<String, String> value) {
        return value.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    @Override
    public Object toTree(Map<String, String> value) {
        return value;
    }
}
