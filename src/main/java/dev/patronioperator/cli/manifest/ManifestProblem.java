package dev.patronioperator.cli.manifest;

/**
 * A mistake in a manifest.
 *
 * @param origin where
 * @param field path of the field, such as {@code spec.volume.size}; empty if it concerns the whole document
 * @param message what is wrong and what is allowed
 */
public record ManifestProblem(Origin origin, String field, String message) {

    @Override
    public String toString() {
        return origin + ": " + (field.isEmpty() ? "" : field + ": ") + message;
    }
}
