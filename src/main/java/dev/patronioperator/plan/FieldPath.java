package dev.patronioperator.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where in a document a value stands, for people and for rules: {@code spec.template.spec.containers[postgres].image}.
 *
 * @param segments from the root; list items are named by their merge key where they have one
 */
public record FieldPath(List<Segment> segments) {

    /** One step into a document. */
    public sealed interface Segment {
        /** A field of an object. */
        record Field(String name) implements Segment {
            @Override
            public String toString() {
                return name;
            }
        }

        /**
         * An item of a list, known by its merge key.
         *
         * @param label what people call the item
         * @param key the key as Kubernetes writes it in {@code managedFields}, without {@code k:}
         */
        record Item(String label, String key) implements Segment {
            @Override
            public String toString() {
                return "[" + label + "]";
            }
        }
    }

    public static final FieldPath ROOT = new FieldPath(List.of());

    public FieldPath {
        segments = List.copyOf(segments);
    }

    /** A path of plain fields written with dots. */
    public static FieldPath of(String dotted) {
        return new FieldPath(List.of(dotted.split("\\.")).stream()
                .map(name -> (Segment) new Segment.Field(name))
                .toList());
    }

    public FieldPath field(String name) {
        return append(new Segment.Field(name));
    }

    public FieldPath item(String label, String key) {
        return append(new Segment.Item(label, key));
    }

    /** The place around this one; the root's is the root. */
    public FieldPath parent() {
        return segments.isEmpty() ? this : first(segments.size() - 1);
    }

    /** The first segments of the path. */
    public FieldPath first(int count) {
        return new FieldPath(segments.subList(0, count));
    }

    /** The path without its first segment. */
    public FieldPath below() {
        return new FieldPath(segments.subList(1, segments.size()));
    }

    /** The name of the innermost field; empty at the root. */
    public String lastField() {
        for (int i = segments.size() - 1; i >= 0; i--) {
            if (segments.get(i) instanceof Segment.Field(String name)) {
                return name;
            }
        }
        return "";
    }

    /** The path with items as {@code []}, so that rules need not know names. */
    public String pattern() {
        return join(segment -> segment instanceof Segment.Item ? "[]" : segment.toString());
    }

    private FieldPath append(Segment segment) {
        var longer = new ArrayList<>(segments);
        longer.add(segment);
        return new FieldPath(longer);
    }

    private String join(java.util.function.Function<Segment, String> text) {
        return segments.stream()
                .map(segment -> (segment instanceof Segment.Field ? "." : "") + text.apply(segment))
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    @Override
    public String toString() {
        return join(Segment::toString);
    }
}
