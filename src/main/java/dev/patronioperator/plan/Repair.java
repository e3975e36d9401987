package dev.patronioperator.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.patronioperator.plan.FieldPath.Segment;

/**
 * Makes of an object as it is the object as it should be, with all that others added, but without fields that have to go. For what
 * server-side apply cannot do: take away a field that another manager holds as well.
 */
public final class Repair {

    private Repair() {}

    /** The repaired document; neither of the given ones is changed. */
    public static Map<String, Object> of(Map<String, ?> observed, Map<String, ?> desired, List<FieldPath> removed) {
        Map<String, Object> repaired = new LinkedHashMap<>(observed);
        for (var path : removed) {
            repaired = asTree(without(repaired, path.segments(), ""));
        }
        return asTree(merged(FieldPath.ROOT, desired, repaired));
    }

    private static Object without(Object node, List<Segment> path, String list) {
        return switch (node) {
            case Map<?, ?> map
            when path.getFirst() instanceof Segment.Field(String name) && map.containsKey(name) -> {
                var copy = new LinkedHashMap<Object, Object>(map);
                if (path.size() == 1) {
                    copy.remove(name);
                } else {
                    copy.put(name, without(map.get(name), path.subList(1, path.size()), name));
                }
                yield copy;
            }
            case List<?> items
            when path.getFirst() instanceof Segment.Item(String ignored, String key) -> {
                var copy = new ArrayList<Object>();
                for (int i = 0; i < items.size(); i++) {
                    boolean isIt = key.equals(keyOf(list, items, i));
                    if (!isIt) {
                        copy.add(items.get(i));
                    } else if (path.size() > 1) {
                        copy.add(without(items.get(i), path.subList(1, path.size()), list));
                    }
                }
                yield copy;
            }
            case null -> Map.of();
            default -> node;
        };
    }

    private static String keyOf(String list, List<?> items, int index) {
        return MergeKeys.of(list, items)
                .map(keys -> MergeKeys.json(keys, (Map<?, ?>) items.get(index)))
                .orElse(String.valueOf(index));
    }

    private static Object merged(FieldPath path, Object desired, Object observed) {
        return switch (desired) {
            case Map<?, ?> map
            when observed instanceof Map<?, ?> other && !isWhole(path) -> {
                var copy = new LinkedHashMap<Object, Object>(other);
                map.forEach(
                        (key, value) -> copy.put(key, merged(path.field(String.valueOf(key)), value, other.get(key))));
                yield copy;
            }
            case List<?> items when observed instanceof List<?> others -> mergedLists(path, items, others);
            case null -> observed;
            default -> desired;
        };
    }

    private static boolean isWhole(FieldPath path) {
        return !path.segments().isEmpty() && WholeValues.isAtomicMap(path);
    }

    private static List<?> mergedLists(FieldPath path, List<?> desired, List<?> observed) {
        Optional<List<String>> keys = MergeKeys.of(path.lastField(), desired.isEmpty() ? observed : desired);
        if (keys.isEmpty() || WholeValues.isAtomicList(path, desired)) {
            return desired;
        }
        var items = new LinkedHashMap<String, Object>();
        observed.forEach(item -> items.put(MergeKeys.json(keys.get(), (Map<?, ?>) item), item));
        for (Object item : desired) {
            var key = MergeKeys.json(keys.get(), (Map<?, ?>) item);
            items.put(key, merged(path.item(key, key), item, items.get(key)));
        }
        return List.copyOf(items.values());
    }

    private static Map<String, Object> asTree(Object map) {
        var tree = new LinkedHashMap<String, Object>();
        ((Map<?, ?>) map).forEach((key, value) -> tree.put(String.valueOf(key), value));
        return tree;
    }
}
