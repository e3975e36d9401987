package dev.patronioperator.bench;

import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.patronioperator.kubernetes.FieldManagers;

/** The {@code managedFields} that server-side apply leaves: as deep as the object, since every field of it is ours. */
final class ManagedFields {

    private static final Map<String, String> MERGE_KEYS = Map.of(
            "containers",
            "name",
            "initContainers",
            "name",
            "env",
            "name",
            "volumes",
            "name",
            "volumeMounts",
            "mountPath");
    private static final Set<String> NOT_TRACKED = Set.of("apiVersion", "kind", "status");
    private static final Set<String> IDENTITY =
            Set.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp");

    private ManagedFields() {}

    static ObjectNode ofOurs(ObjectNode object) {
        var fields = JsonNodeFactory.instance.objectNode();
        object.properties().stream()
                .filter(field -> !NOT_TRACKED.contains(field.getKey()))
                .forEach(field -> fields.set("f:" + field.getKey(), of(field.getKey(), field.getValue())));
        var entry = JsonNodeFactory.instance.objectNode();
        entry.put("manager", FieldManagers.OURS)
                .put("operation", "Apply")
                .put("apiVersion", object.path("apiVersion").asText())
                .put("fieldsType", "FieldsV1");
        entry.set("fieldsV1", fields);
        return entry;
    }

    private static JsonNode of(String name, JsonNode value) {
        var fields = JsonNodeFactory.instance.objectNode();
        if (value.isObject()) {
            value.properties().stream()
                    .filter(field -> !name.equals("metadata") || !IDENTITY.contains(field.getKey()))
                    .forEach(field -> fields.set("f:" + field.getKey(), of(field.getKey(), field.getValue())));
        } else if (value.isArray() && MERGE_KEYS.containsKey(name)) {
            var key = MERGE_KEYS.get(name);
            value.forEach(item -> fields.set("k:{\"" + key + "\":" + item.path(key) + "}", of("", item)));
        }
        return fields;
    }
}
