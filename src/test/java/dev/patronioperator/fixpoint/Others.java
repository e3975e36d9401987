package dev.patronioperator.fixpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What others do to our objects without doing any harm. Each changes the given document. */
final class Others {

    /** Lists in which the order means nothing. */
    private static final Set<String> UNORDERED =
            Set.of("env", "volumes", "volumeMounts", "tolerations", "ownerReferences", "accessModes");

    private static final String MIRROR = "mirror.example.com/";

    private Others() {}

    /** A mutating webhook that rewrites images to a mirror and adds annotations, a toleration, a volume and a sidecar, once. */
    static void mesh(Map<String, Object> object) {
        put(object, "metadata", "annotations", "mesh.example.com/injected", "true");
        for (var template : podTemplates(object)) {
            put(template, "metadata", "annotations", "mesh.example.com/injected", "true");
            var spec = map(template, "spec");
            addOnce(spec, "containers", "name", Map.of("name", "mesh-proxy", "image", "proxy:1"));
            addOnce(spec, "tolerations", "key", Map.of("key", "mesh", "operator", "Exists"));
            addOnce(spec, "volumes", "name", Map.of("name", "mesh-run", "emptyDir", new LinkedHashMap<>()));
            for (var container : items(spec, "containers")) {
                container.computeIfPresent(
                        "image",
                        (field, image) -> MIRROR + String.valueOf(image).replace(MIRROR, ""));
            }
        }
    }

    /** A mutating webhook that rewrites nothing, and lets pods go where others may not. */
    static void tolerant(Map<String, Object> object) {
        for (var template : podTemplates(object)) {
            addOnce(map(template, "spec"), "tolerations", "key", Map.of("key", "spot", "operator", "Exists"));
        }
    }

    private static void addOnce(Map<String, Object> spec, String list, String key, Map<String, Object> item) {
        if (items(spec, list).stream().noneMatch(there -> item.get(key).equals(there.get(key)))) {
            items(spec, list).add(new LinkedHashMap<>(item));
        }
    }

    /** People and controllers who label, annotate, finalize and inject by updates. */
    static void busybodies(Map<String, Object> object) {
        put(object, "metadata", "labels", "argocd.example.com/instance", "databases");
        put(object, "metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration", "{}");
        items(map(object, "metadata"), "finalizers");
        for (var template : podTemplates(object)) {
            put(template, "metadata", "annotations", "kubectl.kubernetes.io/restartedAt", "2026-01-01T00:00:00Z");
            items(map(template, "spec"), "containers")
                    .add(new LinkedHashMap<>(Map.of("name", "debugger", "image", "busybox")));
            for (var container : items(map(template, "spec"), "containers")) {
                items(container, "env").add(new LinkedHashMap<>(Map.of("name", "HTTP_PROXY", "value", "proxy:3128")));
            }
        }
    }

    /** The same lists in another order. */
    static void shuffle(Object node) {
        switch (node) {
            case Map<?, ?> map ->
                map.forEach((field, value) -> {
                    shuffle(value);
                    if (UNORDERED.contains(field) && value instanceof List<?> list) {
                        Collections.reverse(list);
                    }
                });
            case List<?> list -> list.forEach(Others::shuffle);
            case null, default -> {}
        }
    }

    private static List<Map<String, Object>> podTemplates(Map<String, Object> object) {
        return switch (String.valueOf(object.get("kind"))) {
            case "Pod" -> List.of(object);
            case "StatefulSet", "Deployment" -> List.of(map(map(object, "spec"), "template"));
            case "CronJob" -> List.of(map(map(map(map(object, "spec"), "jobTemplate"), "spec"), "template"));
            default -> List.of();
        };
    }

    private static void put(Map<String, Object> object, String part, String map, String key, String value) {
        map(map(object, part), map).put(key, value);
    }

    @SuppressWarnings("unchecked") // documents have texts for keys
    private static Map<String, Object> map(Map<String, Object> node, String field) {
        if (node.get(field) == null) {
            node.put(field, new LinkedHashMap<String, Object>());
        }
        return (Map<String, Object>) node.get(field);
    }

    @SuppressWarnings("unchecked") // documents have texts for keys
    private static List<Map<String, Object>> items(Map<String, Object> node, String field) {
        if (node.get(field) == null) {
            node.put(field, new ArrayList<Map<String, Object>>());
        }
        return (List<Map<String, Object>>) node.get(field);
    }
}
