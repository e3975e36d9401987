package dev.patronioperator.cli.manifest;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.yaml.snakeyaml.nodes.AnchorNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Looks at parsed YAML, which knows its lines, as at JSON, which the custom resources are read from. */
final class YamlTree {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private YamlTree() {}

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    /** A key and its value. */
    record Entry(Node key, Node value) {}

    /** The entries of a mapping by name, what {@code <<} merges in included; the first of two with the same name counts. */
    static Map<String, Entry> entries(MappingNode mapping) {
        var entries = new LinkedHashMap<String, Entry>();
        for (var tuple : mapping.getValue()) {
            if (!Tag.MERGE.equals(tuple.getKeyNode().getTag())) {
                entries.putIfAbsent(text(tuple.getKeyNode()), new Entry(tuple.getKeyNode(), tuple.getValueNode()));
            }
        }
        for (var tuple : mapping.getValue()) {
            if (Tag.MERGE.equals(tuple.getKeyNode().getTag())) {
                merged(tuple.getValueNode()).forEach(entries::putIfAbsent);
            }
        }
        return entries;
    }

    /** The keys that are there already. */
    static List<Node> repeated(MappingNode mapping) {
        var seen = new HashSet<String>();
        return mapping.getValue().stream()
                .map(NodeTuple::getKeyNode)
                .filter(key -> !Tag.MERGE.equals(key.getTag()) && !seen.add(text(key)))
                .toList();
    }

    private static Map<String, Entry> merged(Node value) {
        return switch (value) {
            case MappingNode mapping -> entries(mapping);
            case SequenceNode sequence -> {
                var all = new LinkedHashMap<String, Entry>();
                sequence.getValue().forEach(item -> merged(item).forEach(all::putIfAbsent));
                yield all;
            }
            default -> Map.of();
        };
    }

    static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    static JsonNode json(Node node) {
        return switch (node) {
            case MappingNode mapping -> {
                var object = JSON.objectNode();
                entries(mapping).forEach((name, entry) -> object.set(name, json(entry.value())));
                yield object;
            }
            case SequenceNode sequence -> {
                var array = JSON.arrayNode();
                sequence.getValue().forEach(item -> array.add(json(item)));
                yield array;
            }
            case ScalarNode scalar -> scalar(scalar);
            case AnchorNode anchor -> json(anchor.getRealNode());
            default -> JSON.nullNode();
        };
    }

    private static JsonNode scalar(ScalarNode scalar) {
        var text = scalar.getValue();
        var tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(text.matches("(?i)true|yes|on"));
        }
        try {
            if (tag.equals(Tag.INT)) {
                return JSON.numberNode(Long.decode(text.replace("_", "")));
            }
            if (tag.equals(Tag.FLOAT)) {
                return JSON.numberNode(Double.parseDouble(text.replace("_", "")));
            }
        } catch (NumberFormatException exotic) {
            return JSON.textNode(text); // 0b101, 190:20:30, .inf: nobody means a number
        }
        return JSON.textNode(text);
    }
}
