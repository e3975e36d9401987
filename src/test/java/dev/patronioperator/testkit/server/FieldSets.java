package dev.patronioperator.testkit.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code fieldsV1} trees as the API server computes them. Written from the API's own schema ({@code x-kubernetes-list-type} and
 * friends), apart from what the operator believes of it; {@code DriftIT} holds both against a real one.
 */
final class FieldSets {

    private static final Map<String, List<String>> MAP_LISTS = Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("hostAliases", List.of("ip")),
            Map.entry("ownerReferences", List.of("uid")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")));

    private static final Set<String> ATOMIC_MAPS = Set.of(
            "selector",
            "labelSelector",
            "namespaceSelector",
            "nodeSelector",
            "preference",
            "requiredDuringSchedulingIgnoredDuringExecution",
            "fieldRef",
            "resourceFieldRef",
            "configMapKeyRef",
            "secretKeyRef",
            "roleRef");

    private FieldSets() {}

    /** All fields of a document. */
    static Map<String, Object> of(Map<String, ?> document) {
        var fields = all("", document);
        List.of("f:apiVersion", "f:kind", "f:status").forEach(fields::remove);
        if (fields.get("f:metadata") instanceof Map<?, ?> metadata) {
            List.of("f:name", "f:namespace", "f:uid", "f:resourceVersion", "f:creationTimestamp")
                    .forEach(metadata::remove);
            if (metadata.isEmpty()) {
                fields.remove("f:metadata");
            }
        }
        return fields;
    }

    /** The fields of {@code set} whose values are the same in both documents: who changes a value takes the field. */
    static Map<String, Object> retained(Map<?, ?> set, Object before, Object now) {
        return retained("", set, before, now);
    }

    /** The fields that are new or have new values. */
    static Map<String, Object> changed(Object before, Object now) {
        return changed("", before, now);
    }

    private static Map<String, Object> all(String field, Object value) {
        var fields = new LinkedHashMap<String, Object>();
        if (value instanceof Map<?, ?> map && !ATOMIC_MAPS.contains(field)) {
            map.forEach((key, inner) -> fields.put("f:" + key, all(String.valueOf(key), inner)));
        } else if (value instanceof List<?> list && keys(field, list) != null) {
            for (var item : list) {
                var ofItem = new LinkedHashMap<String, Object>();
                ofItem.put(".", Map.of());
                ofItem.putAll(all("", item));
                fields.put(key(keys(field, list), item), ofItem);
            }
        }
        return fields;
    }

    private static Map<String, Object> retained(String field, Map<?, ?> set, Object before, Object now) {
        var kept = new LinkedHashMap<String, Object>();
        set.forEach((key, inner) -> {
            var name = String.valueOf(key);
            var old = child(field, name, before);
            var present = child(field, name, now);
            var below = (Map<?, ?>) inner;
            if (name.equals(".")) {
                kept.put(name, inner);
            } else if (present == null) {
                return;
            } else if (below.isEmpty()) {
                if (Objects.equals(old, present)) {
                    kept.put(name, inner);
                }
            } else {
                var rest = retained(name.startsWith("f:") ? name.substring(2) : "", below, old, present);
                if (!rest.isEmpty()) {
                    kept.put(name, rest);
                }
            }
        });
        return kept;
    }

    private static Map<String, Object> changed(String field, Object before, Object now) {
        var fields = new LinkedHashMap<String, Object>();
        all(field, now).forEach((name, below) -> {
            var old = child(field, name, before);
            var present = child(field, name, now);
            if (!name.equals(".") && !Objects.equals(old, present)) {
                var inner = ((Map<?, ?>) below).isEmpty()
                        ? Map.<String, Object>of()
                        : changed(name.startsWith("f:") ? name.substring(2) : "", old, present);
                fields.put(name, inner);
            }
        });
        return fields;
    }

    private static Object child(String field, String name, Object node) {
        return switch (node) {
            case Map<?, ?> map when name.startsWith("f:") -> map.get(name.substring(2));
            case List<?> list
            when name.startsWith("k:") && keys(field, list) != null ->
                list.stream()
                        .filter(item -> key(keys(field, list), item).equals(name))
                        .findFirst()
                        .orElse(null);
            case null, default -> null;
        };
    }

    private static List<String> keys(String field, List<?> items) {
        if (!items.stream().allMatch(Map.class::isInstance)) {
            return null;
        }
        if (field.equals("ports")) {
            return items.stream().anyMatch(item -> ((Map<?, ?>) item).containsKey("containerPort"))
                    ? List.of("containerPort", "protocol")
                    : List.of("port", "protocol");
        }
        return MAP_LISTS.get(field);
    }

    private static String key(List<String> keys, Object item) {
        var sorted = new TreeMap<String, Object>();
        for (var key : keys) {
            Object value = ((Map<?, ?>) item).get(key);
            sorted.put(key, value == null && key.equals("protocol") ? "TCP" : value);
        }
        return sorted.entrySet().stream()
                .map(e ->
                        "\"" + e.getKey() + "\":" + (e.getValue() instanceof Number n ? n : "\"" + e.getValue() + "\""))
                .collect(Collectors.joining(",", "k:{", "}"));
    }
}
