package dev.patronioperator.plan;

import java.util.List;

/**
 * One field of an object whose value is not the wanted one.
 *
 * @param path where
 * @param before the value found, "" if there is none
 * @param after the value wanted, "" if the field is to go
 * @param writers the field managers, other than ours, that wrote the value found; empty if none is known
 * @param stays whether leaving the field out of what is applied would not make it go, because others hold it too
 */
public record FieldDifference(FieldPath path, String before, String after, List<String> writers, boolean stays) {

    public FieldDifference {
        writers = List.copyOf(writers);
    }

    /** A difference of which nobody is known to have made it. */
    public FieldDifference(FieldPath path, String before, String after) {
        this(path, before, after, List.of(), false);
    }

    @Override
    public String toString() {
        return path + ": " + before + " -> " + after;
    }
}
