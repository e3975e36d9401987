package dev.patronioperator.settings.codec;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A type of Kubernetes itself. Only a resource can express it.
 *
 * @param show how a value is named in texts
 * @param unknown fields that the type does not have: a typing error of the user
 */
record ModelCodec<T>(String type, Class<T> model, Function<T, String> show, Function<T, Map<String, Object>> unknown)
        implements Codec<T> {

    @Override
    public String allowed() {
        return "a Kubernetes " + type;
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "object", "x-kubernetes-preserve-unknown-fields", true);
    }

    @Override
    public Parsed<T> fromText(String text) {
        return Parsed.invalid("can only be given in an OperatorConfiguration");
    }

    @Override
    public Parsed<T> fromTree(Object tree, Models models) {
        if (!(tree instanceof Map<?, ?>)) {
            return Parsed.invalid("must be " + allowed());
        }
        try {
            return known(models.read(tree, model));
        } catch (IllegalArgumentException notOfThatForm) {
            return Parsed.invalid("must be " + allowed());
        }
    }

    private Parsed<T> known(T value) {
        var fields = unknown.apply(value).keySet();
        return fields.isEmpty()
                ? Parsed.valid(value)
                : Parsed.invalid("must be " + allowed() + ", which has no " + String.join(", ", fields));
    }

    @Override
    public Optional<T> empty() {
        return Optional.empty();
    }

    @Override
    public String toText(T value) {
        return show.apply(value);
    }

    @Override
    public Object toTree(T value) {
        return value;
    }
}
