package dev.patronioperator.settings.codec;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.patronioperator.settings.value.ClaimRetention;
import dev.patronioperator.settings.value.ClaimRetention.Policy;

/** A map with {@code when_deleted} and {@code when_scaled}, each {@code retain} or {@code delete}; what is not given is retained. */
record ClaimRetentionCodec() implements Codec<ClaimRetention> {
    private static final MapCodec MAP = new MapCodec();
    private static final String WHEN_DELETED = "when_deleted";
    private static final String WHEN_SCALED = "when_scaled";

    @Override
    public String type() {
        return "claim retention";
    }

    @Override
    public String allowed() {
        return "a map with when_deleted and when_scaled, each retain or delete";
    }

    @Override
    public Map<String, Object> schema() {
        return MAP.schema();
    }

    @Override
    public Parsed<ClaimRetention> fromText(String text) {
        return MAP.fromText(text).then(this::read);
    }

    @Override
    public Parsed<ClaimRetention> fromTree(Object tree, Models models) {
        return MAP.fromTree(tree, models).then(this::read);
    }

    private Parsed<ClaimRetention> read(Map<String, String> map) {
        var deleted = policy(map, WHEN_DELETED);
        var scaled = policy(map, WHEN_SCALED);
        var known = Set.of(WHEN_DELETED, WHEN_SCALED).containsAll(map.keySet());
        return known && deleted.isPresent() && scaled.isPresent()
                ? Parsed.valid(new ClaimRetention(deleted.get(), scaled.get()))
                : Parsed.invalid("must be " + allowed());
    }

    private static Optional<Policy> policy(Map<String, String> map, String key) {
        return switch (map.getOrDefault(key, "")) {
            case "retain", "Retain", "" -> Optional.of(Policy.RETAIN);
            case "delete" -> Optional.of(Policy.DELETE);
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<ClaimRetention> empty() {
        return Optional.of(ClaimRetention.RETAIN);
    }

    @Override
    public String toText(ClaimRetention value) {
        return MAP.toText(write(value));
    }

    @Override
    public Object toTree(ClaimRetention value) {
        return write(value);
    }

    private static Map<String, String> write(ClaimRetention value) {
        var map = new LinkedHashMap<String, String>();
        map.put(WHEN_DELETED, value.whenDeleted().name().toLowerCase(Locale.ROOT));
        map.put(WHEN_SCALED, value.whenScaled().name().toLowerCase(Locale.ROOT));
        return map;
    }
}
