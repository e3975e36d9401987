package dev.patronioperator.settings.codec;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Values of another codec that satisfy a condition. */
record Constrained<T>(Codec<T> codec, Predicate<T> condition, String allowed, Map<String, Object> extraSchema)
        implements Codec<T> {

    @Override
    public String type() {
        return codec.type();
    }

    @Override
    public Map<String, Object> schema() {
        var schema = new TreeMap<>(codec.schema());
        schema.putAll(extraSchema);
        return schema;
    }

    @Override
    public Parsed<T> fromText(String text) {
        return check(codec.fromText(text));
    }

    @Override
    public Parsed<T> fromTree(Object tree, Models models) {
        return check(codec.fromTree(tree, models));
    }

    private Parsed<T> check(Parsed<T> parsed) {
        return switch (parsed) {
            case Parsed.Valid<T>(var value) when condition.test(value) -> parsed;
            case Parsed.Valid<T> _, Parsed.Invalid<T> _ -> Parsed.invalid("must be " + allowed);
        };
    }

    @Override
    public Optional<T> empty() {
        return codec.empty().filter(condition);
    }

    @Override
    public String toText(T value) {
        return codec.toText(value);
    }

    @Override
    public Object toTree(T value) {
        return codec.toTree(value);
    }
}
