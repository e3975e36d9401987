package dev.patronioperator.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import dev.patronioperator.plan.FieldPath.Segment;

/** Reads and changes single fields of documents, which are trees of maps, lists and scalars. The changed document is the one handed in. */
public final class TreeEdit {

    private TreeEdit() {}

    /** The value at a place; empty if there is none. */
    public static Optional<Object> at(Object document, FieldPath path) {
        Object node = document;
        var list = "";
        for (var segment : path.segments()) {
            node = child(node, segment, list);
            if (node == null) {
                return Optional.empty();
            }
            list = name(segment, list);
        }
        return Optional.of(node);
    }

    /** The place of a list's item among its like; empty if the place is no item of a list, or there is none. */
    public static OptionalInt position(Object document, FieldPath path) {
        return path.segments().getLast() instanceof Segment.Item item
                        && at(document, path.parent()).orElse(null) instanceof List<?> list
                ? index(list, item, path.parent().lastField())
                : OptionalInt.empty();
    }

    /**
     * Writes a value, and what has to be around it.
     *
     * @param position where a new item of a list goes
     */
    public static void put(Map<String, Object> document, FieldPath path, Object value, int position) {
        Object node = document;
        var list = "";
        var segments = path.segments();
        for (int i = 0; i < segments.size() - 1; i++) {
            var next = child(node, segments.get(i), list);
            if (next == null) {
                next = segments.get(i + 1) instanceof Segment.Item
                        ? new ArrayList<>()
                        : new LinkedHashMap<String, Object>();
                set(node, segments.get(i), list, next, Integer.MAX_VALUE);
            }
            node = next;
            list = name(segments.get(i), list);
        }
        set(node, segments.getLast(), list, value, position);
    }

    /** Takes a value away; what was around it stays. */
    public static void remove(Map<String, Object> document, FieldPath path) {
        var parent = at(document, path.parent()).orElse(null);
        switch (path.segments().getLast()) {
            case Segment.Field(String name) when parent instanceof Map<?, ?> map -> map.remove(name);
            case Segment.Item item
            when parent instanceof List<?> list ->
                index(list, item, path.parent().lastField()).ifPresent(list::remove);
            default -> {}
        }
    }

    /** The document with the items of its lists in the order of the like document, as far as they have names; new ones come last. */
    public static Object inOrderOf(Object like, Object document) {
        return inOrder(like, document, "");
    }

    private static Object inOrder(Object like, Object document, String list) {
        return switch (document) {
            case Map<?, ?> map
            when like instanceof Map<?, ?> other -> {
                var copy = new LinkedHashMap<Object, Object>();
                map.forEach((key, value) -> copy.put(key, inOrder(other.get(key), value, String.valueOf(key))));
                yield copy;
            }
            case List<?> items when like instanceof List<?> others -> inOrder(others, items, list);
            case null, default -> document;
        };
    }

    private static List<?> inOrder(List<?> like, List<?> items, String list) {
        var keys = MergeKeys.of(list, items);
        if (keys.isEmpty()) {
            return items;
        }
        var places = new LinkedHashMap<String, Map<?, ?>>();
        like.forEach(item -> places.put(MergeKeys.json(keys.get(), (Map<?, ?>) item), (Map<?, ?>) item));
        var order = List.copyOf(places.keySet());
        return items.stream()
                .sorted(Comparator.comparing(item -> {
                    int place = order.indexOf(MergeKeys.json(keys.get(), (Map<?, ?>) item));
                    return place < 0 ? Integer.MAX_VALUE : place;
                }))
                .<Object>map(item -> inOrder(places.get(MergeKeys.json(keys.get(), (Map<?, ?>) item)), item, list))
                .toList();
    }

    private static Object child(Object node, Segment segment, String list) {
        return switch (segment) {
            case Segment.Field(String name) -> node instanceof Map<?, ?> map ? map.get(name) : null;
            case Segment.Item item -> {
                var items = node instanceof List<?> found ? found : List.of();
                var index = index(items, item, list);
                yield index.isPresent() ? items.get(index.getAsInt()) : null;
            }
        };
    }

    @SuppressWarnings("unchecked") // documents are trees of maps by name and lists
    private static void set(Object node, Segment segment, String list, Object value, int position) {
        switch (segment) {
            case Segment.Field(String name) -> ((Map<String, Object>) node).put(name, value);
            case Segment.Item item -> {
                var items = (List<Object>) node;
                var index = index(items, item, list);
                if (index.isPresent()) {
                    items.set(index.getAsInt(), value);
                } else {
                    items.add(Math.min(position, items.size()), value);
                }
            }
        }
    }

    private static OptionalInt index(List<?> items, Segment.Item item, String list) {
        var keys = MergeKeys.of(list, items);
        for (int i = 0; i < items.size(); i++) {
            var key = keys.isPresent() ? MergeKeys.json(keys.get(), (Map<?, ?>) items.get(i)) : String.valueOf(i);
            if (key.equals(item.key())) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private static String name(Segment segment, String list) {
        return segment instanceof Segment.Field(String name) ? name : list;
    }
}
