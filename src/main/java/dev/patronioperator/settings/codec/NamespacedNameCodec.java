package dev.patronioperator.settings.codec;

import java.util.Map;
import java.util.Optional;

import dev.patronioperator.settings.value.NamespacedName;

/** {@code [namespace/]name}; version 2.0.0 of the peer's schema wanted {@code {name, namespace}}, which is read too. */
record NamespacedNameCodec() implements Codec<NamespacedName> {

    @Override
    public String type() {
        return "[namespace/]name";
    }

    @Override
    public String allowed() {
        return "a name, or namespace/name";
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "string");
    }

    @Override
    public Parsed<NamespacedName> fromText(String text) {
        var slash = text.indexOf('/');
        var namespace = slash < 0 ? "" : text.substring(0, slash).strip();
        var name = text.substring(slash + 1).replaceFirst("^/+", "").strip();
        return name.isEmpty() || name.contains("/")
                ? Parsed.invalid("must be " + allowed())
                : Parsed.valid(new NamespacedName(Optional.of(namespace).filter(ns -> !ns.isEmpty()), name));
    }

    @Override
    public Parsed<NamespacedName> fromTree(Object tree, Models models) {
        return switch (tree) {
            case String text -> fromText(text);
            case Map<?, ?> map
            when map.get("name") instanceof String name ->
                fromText(map.get("namespace") instanceof String namespace ? namespace + "/" + name : name);
            default -> Parsed.invalid("must be a text: " + allowed());
        };
    }

    @Override
    public Optional<NamespacedName> empty() {
        return Optional.empty();
    }

    @Override
    public String toText(NamespacedName value) {
        return value.toString();
    }

    @Override
    public Object toTree(NamespacedName value) {
        return value.toString();
    }
}
