package dev.patronioperator.settings.codec;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Values that are one text in both forms.
 *
 * @param read gives nothing for a text that is no such value
 */
record ScalarCodec<T>(
        String type,
        String allowed,
        Map<String, Object> schema,
        Optional<T> empty,
        Function<String, Optional<T>> read,
        Function<T, String> write)
        implements Codec<T> {

    @Override
    public Parsed<T> fromText(String text) {
        return read.apply(text).map(Parsed::valid).orElseGet(() -> Parsed.invalid("must be " + allowed));
    }

    @Override
    public Parsed<T> fromTree(Object tree, Models models) {
        return tree instanceof String text ? fromText(text) : Parsed.invalid("must be a text: " + allowed);
    }

    @Override
    public String toText(T value) {
        return write.apply(value);
    }

    @Override
    public Object toTree(T value) {
        return write.apply(value);
    }
}
