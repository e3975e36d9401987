package dev.patronioperator.fixpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;

import dev.patronioperator.plan.FieldPath;
import dev.patronioperator.testkit.server.StoredObject;

/**
 * One change that somebody makes to an object of ours behind the operator's back.
 *
 * @param object the object as we want it
 * @param written all objects of its cluster
 * @param kind what is done
 * @param steps the way to the place: names of fields and numbers of items
 */
record Mutation(HasMetadata object, WrittenObjects written, Kind kind, List<Object> steps) {

    enum Kind {
        /** A value is another one. */
        CHANGED,
        /** A value is gone. */
        REMOVED,
        /** An item of a list is gone. */
        ITEM_REMOVED,
        /** Something is added to a value that means something only as a whole. */
        ADDED_TO
    }

    /** Nobody can change these: the object would be another one. */
    private static final Set<String> IDENTITY = Set.of("apiVersion", "kind", "metadata.name", "metadata.namespace");

    /** A list item with another name is another item, and the old one is missing. */
    private static final Set<String> MERGE_KEYS =
            Set.of("name", "mountPath", "containerPort", "port", "protocol", "topologyKey", "whenUnsatisfiable", "uid");

    private static final Set<String> WHOLE_MAPS =
            Set.of("selector", "labelSelector", "nodeSelector", "secretKeyRef", "fieldRef", "matchLabels");

    private static final Set<String> WHOLE_LISTS = Set.of(
            "tolerations",
            "command",
            "args",
            "add",
            "drop",
            "loadBalancerSourceRanges",
            "nodeSelectorTerms",
            "matchExpressions",
            "accessModes",
            "subjects");

    /** Every mutation of every field that we write to the object. */
    static List<Mutation> of(HasMetadata object, WrittenObjects written) {
        var found = new ArrayList<Mutation>();
        new Mutation(object, written, Kind.CHANGED, List.of()).collect(StoredObject.tree(object), List.of(), found);
        return found;
    }

    private Mutation at(Kind what, List<Object> where) {
        return new Mutation(object, written, what, where);
    }

    private void collect(Object node, List<Object> steps, List<Mutation> into) {
        if (IDENTITY.contains(text(steps)) || node == null) {
            return;
        }
        var field = steps.isEmpty() ? "" : String.valueOf(steps.getLast());
        switch (node) {
            case Map<?, ?> map -> {
                if (WHOLE_MAPS.contains(field) && !map.isEmpty()) {
                    into.add(at(Kind.ADDED_TO, steps));
                }
                map.forEach((key, value) -> collect(value, plus(steps, key), into));
            }
            case List<?> list -> {
                if (WHOLE_LISTS.contains(field) && !list.isEmpty()) {
                    into.add(at(Kind.ADDED_TO, steps));
                }
                for (int i = 0; i < list.size(); i++) {
                    into.add(at(Kind.ITEM_REMOVED, plus(steps, i)));
                    collect(list.get(i), plus(steps, i), into);
                }
            }
            case String text when text.isEmpty() -> {}
            default -> {
                into.add(at(Kind.CHANGED, steps));
                if (!at(Kind.CHANGED, steps).isOfMergeKey() && !(steps.getLast() instanceof Integer)) {
                    into.add(at(Kind.REMOVED, steps));
                }
            }
        }
    }

    /** The object after somebody called {@code writer} has done it. */
    StoredObject doneBy(String writer) {
        return StoredObject.applied(object).updated(writer, change());
    }

    /** Whether the API server would put the same value in again. */
    boolean changesNothing() {
        var before = StoredObject.applied(object);
        return before.tree().equals(before.updated("nobody", change()).tree());
    }

    boolean isImmutable() {
        return Set.of("volumeClaimTemplates", "selector", "serviceName", "podManagementPolicy")
                .contains(String.valueOf(steps.get(1)));
    }

    /** Who takes a value away leaves no trace in {@code managedFields}. */
    boolean leavesItsWriter() {
        return kind == Kind.CHANGED && !isOfMergeKey();
    }

    private boolean isOfMergeKey() {
        return steps.size() > 1
                && steps.get(steps.size() - 2) instanceof Integer
                && MERGE_KEYS.contains(String.valueOf(steps.getLast()));
    }

    /** How many members, or how large their volumes. */
    boolean isOfScale() {
        return kind == Kind.CHANGED && List.of("replicas", "storage").contains(String.valueOf(steps.getLast()));
    }

    /** Of what clusters share, only the role that AWS lends is kept as it should be. */
    boolean isOfSharedObject() {
        return Set.of("ServiceAccount", "RoleBinding").contains(object.getKind())
                && !steps.contains("eks.amazonaws.com/role-arn");
    }

    /** Whether a difference is at the place of the mutation, or of something that holds it, or within it. */
    boolean isAt(FieldPath path) {
        var mine = fields(steps);
        var its = path.segments().stream()
                .filter(FieldPath.Segment.Field.class::isInstance)
                .map(Object::toString)
                .toList();
        int common = Math.min(mine.size(), its.size());
        return mine.subList(0, common).equals(its.subList(0, common));
    }

    private static List<String> fields(List<Object> steps) {
        return steps.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    /** What distinguishes it from others: mutations of the same field of two clusters are alike. */
    String likeness() {
        var names = Stream.concat(
                Stream.of(object.getKind(), kind.toString()),
                steps.stream().map(step -> step instanceof Integer ? "[]" : String.valueOf(step)));
        return String.join(" ", names.toList());
    }

    /** The innermost field of the way, and its index if it is an item. */
    private Consumer<Map<String, Object>> change() {
        return tree -> {
            var parent = at(tree, steps.subList(0, steps.size() - 1));
            var last = steps.getLast();
            switch (kind) {
                case CHANGED -> set(parent, last, other(get(parent, last)));
                case REMOVED -> ((Map<?, ?>) parent).remove(last);
                case ITEM_REMOVED -> ((List<?>) parent).remove((int) last);
                case ADDED_TO -> addTo(get(parent, last));
            }
        };
    }

    private static Object other(Object value) {
        return switch (value) {
            case Boolean flag -> !flag;
            case Number number -> number.longValue() + 1;
            case String text when text.startsWith("{") -> text.replaceFirst("\"", "\"x");
            case String amount when amount.matches("\\d.*") -> "1" + amount;
            default -> value + "x";
        };
    }

    @SuppressWarnings("unchecked") // documents have texts for keys
    private static void addTo(Object value) {
        switch (value) {
            case Map<?, ?> map -> ((Map<String, Object>) map).put("added", "by-somebody");
            case List<?> list -> ((List<Object>) list).add(another(list.getFirst()));
            default -> throw new IllegalStateException("nothing can be added to " + value);
        }
    }

    private static Object another(Object item) {
        if (item instanceof Map<?, ?> map) {
            var copy = new LinkedHashMap<Object, Object>(map);
            copy.replaceAll((key, value) -> value instanceof String text ? text + "x" : value);
            return copy;
        }
        return item + "x";
    }

    private static Object at(Object node, List<Object> steps) {
        for (var step : steps) {
            node = get(node, step);
        }
        return node;
    }

    private static Object get(Object node, Object step) {
        return step instanceof Integer index ? ((List<?>) node).get(index) : ((Map<?, ?>) node).get(step);
    }

    @SuppressWarnings("unchecked") // documents have texts for keys
    private static void set(Object node, Object step, Object value) {
        if (step instanceof Integer index) {
            ((List<Object>) node).set(index, value);
        } else {
            ((Map<Object, Object>) node).put(step, value);
        }
    }

    private static List<Object> plus(List<Object> steps, Object step) {
        var longer = new ArrayList<>(steps);
        longer.add(step);
        return longer;
    }

    static String text(List<Object> steps) {
        return String.join(".", steps.stream().map(String::valueOf).toList());
    }

    @Override
    public String toString() {
        return object.getKind() + " " + kind + " " + text(steps);
    }
}
