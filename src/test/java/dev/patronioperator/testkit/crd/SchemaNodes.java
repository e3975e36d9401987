package dev.patronioperator.testkit.crd;

import java.util.LinkedHashMap;
import java.util.Map;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;

/**
 * The nodes of a schema by path: {@code spec.users{}[]} is an item of a value of the map {@code spec.users}. The root has the empty path.
 */
public final class SchemaNodes {

    private SchemaNodes() {}

    public static Map<String, JSONSchemaProps> of(JSONSchemaProps root) {
        var nodes = new LinkedHashMap<String, JSONSchemaProps>();
        collect(root, "", nodes);
        return nodes;
    }

    private static void collect(JSONSchemaProps node, String path, Map<String, JSONSchemaProps> into) {
        into.put(path, node);
        if (node.getProperties() != null) {
            node.getProperties()
                    .forEach((name, child) -> collect(child, path.isEmpty() ? name : path + "." + name, into));
        }
        if (node.getItems() != null && node.getItems().getSchema() != null) {
            collect(node.getItems().getSchema(), path + "[]", into);
        }
        if (node.getAdditionalProperties() != null
                && node.getAdditionalProperties().getSchema() != null) {
            collect(node.getAdditionalProperties().getSchema(), path + "{}", into);
        }
    }
}
