package dev.patronioperator.plan;

import java.util.List;
import java.util.Map;

import dev.patronioperator.plan.FieldPath.Segment;

/**
 * Which fields of an object are ours, by the object's {@code managedFields}. A field that is ours and no longer wanted is removed; a
 * field of somebody else (an admission webhook, a person, the API server) that we do not set is left alone.
 *
 * @param fieldSets the {@code fieldsV1} trees of the managers that count as ours
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/">Server-Side Apply</a>
 */
public record FieldOwnership(List<Map<?, ?>> fieldSets) {

    /** Nothing is ours. */
    public static final FieldOwnership NONE = new FieldOwnership(List.of());

    public FieldOwnership {
        fieldSets = List.copyOf(fieldSets);
    }

    public boolean owns(FieldPath path) {
        return fieldSets.stream().anyMatch(set -> find(set, path.segments()) != Found.NO);
    }

    /** Whether the field is ours as one value, so that nothing below it can belong to anybody else. */
    public boolean ownsWhole(FieldPath path) {
        return fieldSets.stream().anyMatch(set -> find(set, path.segments()) == Found.WHOLE);
    }

    private enum Found {
        NO,
        PARTLY,
        WHOLE
    }

    /** An owned node without entries below it is owned whole: the API treats it as one value. */
    private static Found find(Map<?, ?> set, List<Segment> path) {
        Map<?, ?> node = set;
        for (int i = 0; i < path.size(); i++) {
            Object child = node.get(
                    switch (path.get(i)) {
                        case Segment.Field(String name) -> "f:" + name;
                        case Segment.Item(String ignored, String key) -> "k:" + key;
                    });
            if (!(child instanceof Map<?, ?> next)) {
                return Found.NO;
            }
            if (next.isEmpty()) {
                return Found.WHOLE;
            }
            node = next;
        }
        return Found.PARTLY;
    }
}
