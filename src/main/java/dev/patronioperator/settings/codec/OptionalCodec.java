package dev.patronioperator.settings.codec;

import java.util.Map;
import java.util.Optional;

/** Values of another codec, or none. An empty text is none. */
record OptionalCodec<T>(Codec<T> codec) implements Codec<Optional<T>> {

    @Override
    public String type() {
        return codec.type();
    }

    @Override
    public String allowed() {
        return codec.allowed() + ", or empty";
    }

    @Override
    public Map<String, Object> schema() {
        return codec.schema();
    }

    @Override
    public Parsed<Optional<T>> fromText(String text) {
        return codec.fromText(text).map(Optional::of);
    }

    @Override
    public Parsed<Optional<T>> fromTree(Object tree, Models models) {
        return "".equals(tree)
                ? Parsed.valid(Optional.empty())
                : codec.fromTree(tree, models).map(Optional::of);
    }

    @Override
    public Optional<Optional<T>> empty() {
        return Optional.of(Optional.empty());
    }

    @Override
    public String toText(Optional<T> value) {
        return value.map(codec::toText).orElse("");
    }

    @Override
    public Object toTree(Optional<T> value) {
        return value.map(codec::toTree).orElse("");
    }
}
