package dev.patronioperator.settings;

import java.util.Objects;

/**
 * What a parameter is when nobody says anything. The peer answers differently for its sources, and clusters that run depend on the answer.
 *
 * @param configMap for a ConfigMap without the key, and for an operator without any configuration
 * @param resource for an OperatorConfiguration whose whole group is missing: the API server fills nothing in
 * @param schema for an OperatorConfiguration that has the group but not the key: what the CRD's schema publishes
 */
public record Defaults<T>(T configMap, T resource, T schema) {
    public Defaults {
        Objects.requireNonNull(configMap);
        Objects.requireNonNull(resource);
        Objects.requireNonNull(schema);
    }

    /** The same everywhere. */
    public static <T> Defaults<T> everywhere(T value) {
        return new Defaults<>(value, value, value);
    }

    /** One for the ConfigMap, another for both forms of the resource. */
    public static <T> Defaults<T> of(T configMap, T resource) {
        return new Defaults<>(configMap, resource, resource);
    }

    /** The default for a complete document of that source. */
    public T in(Source source) {
        return switch (source) {
            case CONFIG_MAP -> configMap;
            case RESOURCE -> schema;
        };
    }
}
