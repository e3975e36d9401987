package dev.patronioperator.testkit.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** YAML files as trees. */
final class YamlTrees {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private YamlTrees() {}

    static JsonNode read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode parse(String text) {
        return YAML.unmarshal(text, JsonNode.class);
    }

    static String asText(JsonNode tree) {
        return YAML.asJson(tree);
    }

    static List<JsonNode> items(JsonNode list) {
        var items = new ArrayList<JsonNode>();
        list.forEach(items::add);
        return items;
    }

    static List<String> texts(JsonNode list) {
        return items(list).stream().map(JsonNode::asText).toList();
    }

    static Map<String, JsonNode> fields(JsonNode map) {
        var fields = new LinkedHashMap<String, JsonNode>();
        map.properties().forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
        return fields;
    }

    /** Maps are merged, null removes a key, anything else replaces. */
    static JsonNode merge(JsonNode base, JsonNode delta) {
        if (!(base instanceof ObjectNode) || !(delta instanceof ObjectNode)) {
            return delta.isMissingNode() ? base : delta;
        }
        var merged = ((ObjectNode) base).deepCopy();
        for (var entry : delta.properties()) {
            if (entry.getValue().isNull()) {
                merged.remove(entry.getKey());
            } else {
                var before = merged.path(entry.getKey());
                merged.set(
                        entry.getKey(),
                        merge(
                                before.isMissingNode() ? JsonNodeFactory.instance.objectNode() : before,
                                entry.getValue()));
            }
        }
        return merged;
    }
}
