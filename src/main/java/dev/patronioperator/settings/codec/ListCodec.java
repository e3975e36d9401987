package dev.patronioperator.settings.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Lists: separated by commas in a text. Blanks around an element are ignored, and so are empty elements. */
record ListCodec<T>(Codec<T> element) implements Codec<List<T>> {

    @Override
    public String type() {
        return "list of " + element.type();
    }

    @Override
    public String allowed() {
        return "a list, each element " + element.allowed();
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "array", "items", element.schema());
    }

    @Override
    public Parsed<List<T>> fromText(String text) {
        return Parsed.all(Arrays.stream(text.split(","))
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .map(element::fromText)
                .toList());
    }

    @Override
    public Parsed<List<T>> fromTree(Object tree, Models models) {
        return tree instanceof List<?> items
                ? Parsed.all(items.stream()
                        .map(item -> element.fromTree(item, models))
                        .toList())
                : Parsed.invalid("must be a list");
    }

    @Override
    public Optional<List<T>> empty() {
        return Optional.of(List.of());
    }

    @Override
    public String toText(List<T> value) {
        return value.stream().map(element::toText).collect(Collectors.joining(","));
    }

    @Override
    public Object toTree(List<T> value) {
        return value.stream().map(element::toTree).toList();
    }
}
