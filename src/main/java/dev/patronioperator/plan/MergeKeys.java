package dev.patronioperator.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How items of Kubernetes lists are told apart: the {@code x-kubernetes-list-map-keys} of the API, by the name of the list field. Order
 * within such lists, and within lists that are sets, means nothing to us; all other lists are compared item by item.
 */
final class MergeKeys {

    private static final List<String> NAME = List.of("name");

    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("containers", NAME),
            Map.entry("initContainers", NAME),
            Map.entry("ephemeralContainers", NAME),
            Map.entry("env", NAME),
            Map.entry("volumes", NAME),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("imagePullSecrets", NAME),
            Map.entry("resourceClaims", NAME),
            Map.entry("schedulingGates", NAME),
            Map.entry("claims", NAME),
            Map.entry("hostAliases", List.of("ip")),
            Map.entry("ownerReferences", List.of("uid")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")),
            Map.entry("subjects", List.of("kind", "name", "namespace")));

    private static final List<String> CONTAINER_PORT = List.of("containerPort", "protocol");
    private static final List<String> SERVICE_PORT = List.of("port", "protocol");

    private static final Set<String> SETS = Set.of(
            "tolerations",
            "accessModes",
            "add",
            "drop",
            "loadBalancerSourceRanges",
            "finalizers",
            "values",
            "externalIPs");

    private MergeKeys() {}

    /** The merge keys of the items of a list, if its items have any. */
    static Optional<List<String>> of(String listField, List<?> items) {
        if (!items.stream().allMatch(Map.class::isInstance)) {
            return Optional.empty();
        }
        if ("ports".equals(listField)) {
            boolean ofContainer = items.stream().anyMatch(item -> ((Map<?, ?>) item).containsKey("containerPort"));
            return Optional.of(ofContainer ? CONTAINER_PORT : SERVICE_PORT);
        }
        return Optional.ofNullable(KEYS.get(listField));
    }

    static boolean isSet(String listField) {
        return SETS.contains(listField);
    }

    /** The key of an item as Kubernetes writes it in {@code managedFields}: keys sorted, as JSON. */
    static String json(List<String> keys, Map<?, ?> item) {
        var sorted = new TreeMap<String, Object>();
        keys.forEach(key -> value(key, item).ifPresent(value -> sorted.put(key, value)));
        return sorted.entrySet().stream()
                .map(e ->
                        "\"" + e.getKey() + "\":" + (e.getValue() instanceof Number n ? n : "\"" + e.getValue() + "\""))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** What people call an item. */
    static String label(List<String> keys, Map<?, ?> item) {
        return keys.stream()
                .flatMap(key -> value(key, item).stream())
                .filter(value -> !"TCP".equals(value))
                .map(String::valueOf)
                .collect(Collectors.joining("/"));
    }

    private static Optional<Object> value(String key, Map<?, ?> item) {
        Object value = item.get(key);
        return "protocol".equals(key) && value == null ? Optional.of("TCP") : Optional.ofNullable(value);
    }
}
