package dev.patronioperator.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Differences that were found when a cluster of another operator was first seen, and that are left as they are because to mend them
 * would disturb somebody.
 *
 * @param fields fields of the StatefulSet that keep their values
 * @param others what is left undone besides, in words that are the same as long as it is the same difference
 */
public record Held(List<Field> fields, Set<String> others) {

    public static final Held NOTHING = new Held(List.of(), Set.of());

    /**
     * A field that keeps its value.
     *
     * @param path the difference, as the plan says it
     * @param place where the value is kept: at the path or around it
     * @param value what is kept there; empty if it stays absent
     * @param position which item of its list the place is; 0 if it is no item of a list
     * @param instead what would be there otherwise, as the plan says it
     */
    public record Field(FieldPath path, FieldPath place, Optional<Object> value, int position, String instead) {

        boolean is(FieldDifference difference) {
            return path.equals(difference.path()) && instead.equals(difference.after());
        }
    }

    public Held {
        fields = List.copyOf(fields);
        others = Set.copyOf(others);
    }

    public boolean isEmpty() {
        return fields.isEmpty() && others.isEmpty();
    }

    /** Whether it is one of these differences; any new one is not. */
    public boolean contains(FieldDifference difference) {
        return fields.stream().anyMatch(field -> field.is(difference));
    }

    public boolean contains(String other) {
        return others.contains(other);
    }
}
