package dev.patronioperator.settings.codec;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How values of one type are written: as text in a ConfigMap, as a tree (maps, lists, texts, numbers, booleans) in a resource. Printing and reading again
 * gives an equal value, in both forms.
 */
public interface Codec<T> {
    /** Name of the type in the reference. */
    String type();

    /** What is allowed, to follow "must be". */
    String allowed();

    /** JSON schema of the tree form, without default and description. */
    Map<String, Object> schema();

    /** Reads the form of the ConfigMap. The text is never empty: that is what {@link #empty()} is for. */
    Parsed<T> fromText(String text);

    /** Reads the form of the resource. */
    Parsed<T> fromTree(Object tree, Models models);

    /** What an empty text stands for; nothing where there is no such value and the default applies. */
    Optional<T> empty();

    /** The form of the ConfigMap. */
    String toText(T value);

    /** The form of the resource; Kubernetes model objects stand for themselves. */
    Object toTree(T value);

    /** Whether the value says nothing: 0, empty, unset. The peer falls back to a default for such values of a resource. */
    default boolean isZero(T value) {
        return switch (value) {
            case Boolean _ -> false;
            case Number number -> number.longValue() == 0;
            case String text -> text.isEmpty();
            case Duration duration -> duration.isZero();
            case Optional<?> optional -> optional.isEmpty();
            case Collection<?> items -> items.isEmpty();
            case Map<?, ?> entries -> entries.isEmpty();
            default -> false;
        };
    }

    /** The same with fewer values. Where the empty text stands for one of the others, it stands for nothing. */
    default Codec<T> where(Predicate<T> condition, String allowed, Map<String, Object> schema) {
        return new Constrained<>(this, condition, allowed, schema);
    }

    /** The same, or not set. */
    default Codec<Optional<T>> optional() {
        return new OptionalCodec<>(this);
    }
}
