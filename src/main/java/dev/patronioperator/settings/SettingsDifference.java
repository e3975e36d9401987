package dev.patronioperator.settings;

import java.util.Set;

/**
 * One parameter that two snapshots disagree about.
 *
 * @param before value in the older snapshot
 * @param after value in the newer one
 */
public record SettingsDifference<T>(Parameter<T> parameter, T before, T after) {

    /** What the change touches. */
    public Set<Effect> effects() {
        return parameter.effects();
    }

    /** {@code path: before -> after}, without secrets. */
    public String text() {
        return "%s: %s -> %s".formatted(parameter.path(), quoted(before), quoted(after));
    }

    private String quoted(T value) {
        var text = parameter.show(value);
        return text.isEmpty() ? "\"\"" : text;
    }

    @Override
    public String toString() {
        return text();
    }
}
