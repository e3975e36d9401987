package dev.patronioperator.plan;

/**
 * One field of an object whose value is not the wanted one.
 *
 * @param path where
 * @param before the value found, "" if there is none
 * @param after the value wanted, "" if the field is to go
 */
public record FieldDifference(FieldPath path, String before, String after) {

    @Override
    public String toString() {
        return path + ": " + before + " -> " + after;
    }
}
