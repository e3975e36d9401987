package dev.patronioperator.settings.codec;

import java.util.Map;
import java.util.Optional;

/** Booleans as Go's {@code strconv.ParseBool} reads them. */
record BooleanCodec() implements Codec<Boolean> {

    @Override
    public String type() {
        return "boolean";
    }

    @Override
    public String allowed() {
        return "true or false (or one of 1, t, T, TRUE, True, 0, f, F, FALSE, False)";
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "boolean");
    }

    @Override
    public Parsed<Boolean> fromText(String text) {
        return switch (text) {
            case "1", "t", "T", "TRUE", "true", "True" -> Parsed.valid(true);
            case "0", "f", "F", "FALSE", "false", "False" -> Parsed.valid(false);
            default -> Parsed.invalid("must be " + allowed());
        };
    }

    @Override
    public Parsed<Boolean> fromTree(Object tree, Models models) {
        return tree instanceof Boolean value ? Parsed.valid(value) : Parsed.invalid("must be true or false");
    }

    @Override
    public Optional<Boolean> empty() {
        return Optional.of(false);
    }

    @Override
    public String toText(Boolean value) {
        return value.toString();
    }

    @Override
    public Object toTree(Boolean value) {
        return value;
    }
}
