package dev.patronioperator.settings.codec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;

/** One toleration, written as a map with {@code key}, {@code operator}, {@code value}, {@code effect}. Without key and operator there is none. */
record TolerationCodec() implements Codec<Optional<Toleration>> {
    private static final MapCodec MAP = new MapCodec();
    private static final Set<String> FIELDS = Set.of("key", "operator", "value", "effect");
    private static final Map<String, List<String>> WORDS = Map.of(
            "operator", List.of("Exists", "Equal"), "effect", List.of("NoSchedule", "PreferNoSchedule", "NoExecute"));

    @Override
    public String type() {
        return "toleration";
    }

    @Override
    public String allowed() {
        return "a map with key, operator (Exists or Equal), value, effect (NoSchedule, PreferNoSchedule or NoExecute)";
    }

    @Override
    public Map<String, Object> schema() {
        return MAP.schema();
    }

    @Override
    public Parsed<Optional<Toleration>> fromText(String text) {
        return MAP.fromText(text).then(this::read);
    }

    @Override
    public Parsed<Optional<Toleration>> fromTree(Object tree, Models models) {
        return MAP.fromTree(tree, models).then(this::read);
    }

    private Parsed<Optional<Toleration>> read(Map<String, String> map) {
        var wrongWord = WORDS.entrySet().stream()
                .anyMatch(entry -> !map.getOrDefault(entry.getKey(), "").isEmpty()
                        && !entry.getValue().contains(map.get(entry.getKey())));
        if (wrongWord || !FIELDS.containsAll(map.keySet())) {
            return Parsed.invalid("must be " + allowed());
        }
        if (text(map, "key") == null && text(map, "operator") == null) {
            return Parsed.valid(Optional.empty());
        }
        return Parsed.valid(Optional.of(new TolerationBuilder()
                .withKey(text(map, "key"))
                .withOperator(text(map, "operator"))
                .withValue(text(map, "value"))
                .withEffect(text(map, "effect"))
                .build()));
    }

    private static String text(Map<String, String> map, String key) {
        var text = map.get(key);
        return text == null || text.isEmpty() ? null : text;
    }

    @Override
    public Optional<Optional<Toleration>> empty() {
        return Optional.of(Optional.empty());
    }

    @Override
    public String toText(Optional<Toleration> value) {
        return MAP.toText(write(value));
    }

    @Override
    public Object toTree(Optional<Toleration> value) {
        return write(value);
    }

    private static Map<String, String> write(Optional<Toleration> value) {
        var map = new LinkedHashMap<String, String>();
        value.ifPresent(toleration -> {
            map.put("key", toleration.getKey());
            map.put("operator", toleration.getOperator());
            map.put("value", toleration.getValue());
            map.put("effect", toleration.getEffect());
            map.values().removeIf(Objects::isNull);
        });
        return map;
    }
}
