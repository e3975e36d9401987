package dev.patronioperator.plan;

import java.util.List;
import java.util.Map;

import dev.patronioperator.plan.FieldPath.Segment;

/**
 * Who wrote which fields of an object, by the object's {@code managedFields}. A field that is ours and no longer wanted is removed; a
 * field of somebody else (an admission webhook, a person, the API server) that we do not set is left alone.
 *
 * <p>Who changes a value takes the field from us. Only an admission webhook, which acts within our own request, changes a value and
 * leaves the field ours. So a field that we applied last and that is still ours has the value that came of applying it; applying it
 * again would give the same, for ever.
 *
 * @param owners the managers of the object's fields
 * @param appliedAsWanted whether what is wanted now is what we applied last
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/">Server-Side Apply</a>
 */
public record FieldOwnership(List<Owner> owners, boolean appliedAsWanted) {

    /**
     * A manager and its fields.
     *
     * @param manager the name it goes by
     * @param ours whether its fields are ours to remove
     * @param applied whether it applied them, as opposed to having updated them
     * @param fields the {@code fieldsV1} tree
     */
    public record Owner(String manager, boolean ours, boolean applied, Map<?, ?> fields) {

        private boolean owns(FieldPath path) {
            return find(fields, path.segments()) != Found.NO;
        }
    }

    /** Nothing is known to be anybody's. */
    public static final FieldOwnership NONE = new FieldOwnership(List.of(), false);

    public FieldOwnership {
        owners = List.copyOf(owners);
    }

    /** Whether we, or the operator before us, wrote anything of the object. */
    public boolean isOurs() {
        return owners.stream().anyMatch(Owner::ours);
    }

    public boolean owns(FieldPath path) {
        return owners.stream().anyMatch(owner -> owner.ours() && owner.owns(path));
    }

    /** Whether the field is ours as one value, so that nothing below it can belong to anybody else. */
    boolean ownsWhole(FieldPath path) {
        return owners.stream().anyMatch(owner -> owner.ours() && find(owner.fields(), path.segments()) == Found.WHOLE);
    }

    /** Whether the value is what admission made of the one that we want and applied last. */
    boolean isAsAdmitted(FieldPath path) {
        return appliedAsWanted
                && owners.stream().anyMatch(owner -> owner.ours() && owner.applied() && owner.owns(path));
    }

    /** Whether the field goes when it is left out of what we apply: nobody but our own earlier apply holds it. */
    boolean goesWhenNotApplied(FieldPath path) {
        var holders = owners.stream().filter(owner -> owner.owns(path)).toList();
        return !holders.isEmpty() && holders.stream().allMatch(owner -> owner.ours() && owner.applied());
    }

    /** The others who wrote the field; empty if nobody did, or only we. */
    List<String> writers(FieldPath path) {
        return owners.stream()
                .filter(owner -> !owner.ours() && owner.owns(path))
                .map(Owner::manager)
                .distinct()
                .sorted()
                .toList();
    }

    private enum Found {
        NO,
        PARTLY,
        WHOLE
    }

    /** An owned node without entries below it is owned whole: the API treats it as one value. */
    private static Found find(Map<?, ?> set, List<Segment> path) {
        Map<?, ?> node = set;
        for (var segment : path) {
            Object child = node.get(
                    switch (segment) {
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
