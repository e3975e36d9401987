package dev.patronioperator.manifest;

/**
 * Something the manifest asks for and does not get as asked.
 *
 * @param field path in the manifest
 * @param asked what it says, or {@code unset}
 * @param used what is done instead
 * @param why the rule, naming the parameter of the configuration if there is one
 */
public record Adjustment(String field, String asked, String used, String why) {

    /** On one line, for people. */
    @Override
    public String toString() {
        return field + ": " + asked + " -> " + used + " (" + why + ")";
    }
}
