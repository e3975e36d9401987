package dev.patronioperator.settings.value;

import java.util.Objects;
import java.util.Optional;

/**
 * Name of an object that may live in a namespace of its own, written {@code [namespace/]name}.
 *
 * @param namespace empty: where the operator runs
 */
public record NamespacedName(Optional<String> namespace, String name) {
    public NamespacedName {
        Objects.requireNonNull(namespace);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a name is needed");
        }
    }

    /** A name without namespace. */
    public static NamespacedName of(String name) {
        return new NamespacedName(Optional.empty(), name);
    }

    /** Its namespace, seen from an operator that runs in the given one. */
    public String namespaceOr(String operatorNamespace) {
        return namespace.orElse(operatorNamespace);
    }

    @Override
    public String toString() {
        return namespace.map(ns -> ns + "/" + name).orElse(name);
    }
}
