package dev.patronioperator.settings.codec;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import io.fabric8.kubernetes.api.model.Quantity;

/**
 * Amounts of a resource. The words of the peer for "none" are kept: empty, {@code 0}, {@code null}.
 *
 * @param pattern what the CRD's schema admits; what Kubernetes takes elsewhere is read as well
 */
record QuantityCodec(String example, String pattern) implements Codec<Optional<Quantity>> {
    private static final Pattern KUBERNETES =
            Pattern.compile("\\+?(\\d+\\.?\\d*|\\.\\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d{1,2})?");

    @Override
    public String type() {
        return "quantity";
    }

    @Override
    public String allowed() {
        return "a quantity such as " + example + ", or empty";
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "string", "pattern", pattern);
    }

    @Override
    public Parsed<Optional<Quantity>> fromText(String text) {
        return switch (text) {
            case "", "0", "null" -> Parsed.valid(Optional.empty());
            case String t when KUBERNETES.matcher(t).matches() -> Parsed.valid(Optional.of(Quantity.parse(t)));
            default -> Parsed.invalid("must be " + allowed());
        };
    }

    @Override
    public Parsed<Optional<Quantity>> fromTree(Object tree, Models models) {
        return tree instanceof String text ? fromText(text) : Parsed.invalid("must be a text: " + allowed());
    }

    @Override
    public Optional<Optional<Quantity>> empty() {
        return Optional.of(Optional.empty());
    }

    @Override
    public String toText(Optional<Quantity> value) {
        return value.map(Quantity::toString).orElse("");
    }

    @Override
    public Object toTree(Optional<Quantity> value) {
        return toText(value);
    }
}
