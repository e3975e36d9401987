package dev.patronioperator.cluster.validate;

import java.util.Objects;

/**
 * One thing that is wrong with a manifest.
 *
 * @param field where it stands, as people write it: {@code spec.sidecars[0].name}, {@code spec.users[app]}
 * @param value what is written there, shortened; empty if nothing is written or it may be secret
 * @param explanation what is wrong and what is allowed
 */
public record SpecProblem(String field, String value, String explanation) {

    private static final int SHOWN = 80;

    public SpecProblem {
        Objects.requireNonNull(field);
        Objects.requireNonNull(explanation);
        value = value == null ? "" : shortened(value);
    }

    private static String shortened(String value) {
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    }

    /** One line for a condition, an event or a log. */
    @Override
    public String toString() {
        return value.isEmpty() ? field + ": " + explanation : field + ": \"" + value + "\" " + explanation;
    }
}
