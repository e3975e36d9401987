package dev.patronioperator.cli.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Holds a YAML document against the schema of its definition, as the API server will, but with lines, and with unknown fields as
 * mistakes: the API server drops them silently. Rules in CEL are left to the API server and to the operator.
 */
final class SchemaCheck {

    private static final Set<String> METADATA = Set.of("apiVersion", "kind", "metadata", "status");

    private final Origin origin;
    private final List<ManifestProblem> problems = new ArrayList<>();

    private SchemaCheck(Origin origin) {
        this.origin = origin;
    }

    /** All mistakes, in the order of their lines. */
    static List<ManifestProblem> problems(Origin origin, MappingNode document, JsonNode schema) {
        var check = new SchemaCheck(origin);
        check.fields(document, schema, "");
        return List.copyOf(check.problems);
    }

    private void value(Node node, JsonNode schema, String path) {
        if (node.getTag().equals(Tag.NULL)) {
            if (!schema.path("nullable").asBoolean() && !schema.has("x-kubernetes-preserve-unknown-fields")) {
                problem(node, path, "has no value");
            }
            return;
        }
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            scalar(node, schema, path, Set.of(Tag.INT, Tag.STR), "a number or text");
            return;
        }
        switch (schema.path("type").asText()) {
            case "object" -> object(node, schema, path);
            case "array" -> array(node, schema, path);
            case "string" -> scalar(node, schema, path, Set.of(Tag.STR, Tag.TIMESTAMP), "text (put it into quotes)");
            case "integer" -> scalar(node, schema, path, Set.of(Tag.INT), "a whole number");
            case "number" -> scalar(node, schema, path, Set.of(Tag.INT, Tag.FLOAT), "a number");
            case "boolean" -> scalar(node, schema, path, Set.of(Tag.BOOL), "true or false");
            default -> {} // anything goes
        }
    }

    private void object(Node node, JsonNode schema, String path) {
        if (node instanceof MappingNode mapping) {
            fields(mapping, schema, path);
        } else {
            problem(node, path, "must hold fields, not " + shown(node));
        }
    }

    private void fields(MappingNode mapping, JsonNode schema, String path) {
        var entries = YamlTree.entries(mapping);
        YamlTree.repeated(mapping)
                .forEach(key -> problem(key, join(path, YamlTree.text(key)), "is there twice; only one can be meant"));
        var properties = schema.path("properties");
        var others = schema.path("additionalProperties");
        entries.forEach((name, entry) -> {
            var field = join(path, name);
            if (properties.has(name)) {
                value(entry.value(), properties.path(name), field);
            } else if (others.isObject()) {
                value(entry.value(), others, field);
            } else if (isUnknown(schema, path, name)) {
                problem(entry.key(), field, "is not known; known are " + String.join(", ", names(properties)));
            }
        });
        StreamSupport.stream(schema.path("required").spliterator(), false)
                .map(JsonNode::asText)
                .filter(name -> !entries.containsKey(name))
                .forEach(name -> problem(mapping, join(path, name), "is missing"));
    }

    private static boolean isUnknown(JsonNode schema, String path, String name) {
        return schema.has("properties")
                && !schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()
                && !(path.isEmpty() && METADATA.contains(name));
    }

    private void array(Node node, JsonNode schema, String path) {
        if (!(node instanceof SequenceNode sequence)) {
            problem(node, path, "must be a list, not " + shown(node));
            return;
        }
        for (var i = 0; i < sequence.getValue().size(); i++) {
            value(sequence.getValue().get(i), schema.path("items"), path + "[" + i + "]");
        }
    }

    private void scalar(Node node, JsonNode schema, String path, Set<Tag> tags, String wanted) {
        if (!(node instanceof ScalarNode scalar) || !tags.contains(node.getTag())) {
            problem(node, path, "must be " + wanted + ", not " + shown(node));
            return;
        }
        var text = scalar.getValue();
        var allowed = StreamSupport.stream(schema.path("enum").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        if (!allowed.isEmpty() && !allowed.contains(text)) {
            problem(node, path, "must be one of " + String.join(", ", allowed) + ", not " + shown(node));
        }
        var pattern = schema.path("pattern");
        if (pattern.isTextual()
                && !Pattern.compile(pattern.asText()).matcher(text).find()) {
            problem(node, path, "must look like " + pattern.asText() + ", not " + shown(node));
        }
        range(node, schema, path);
    }

    private void range(Node node, JsonNode schema, String path) {
        var number = YamlTree.json(node);
        if (!number.isNumber()) {
            return;
        }
        if (schema.path("minimum").isNumber()
                && number.asDouble() < schema.path("minimum").asDouble()) {
            problem(node, path, "must be at least " + schema.path("minimum").asText() + ", not " + shown(node));
        }
        if (schema.path("maximum").isNumber()
                && number.asDouble() > schema.path("maximum").asDouble()) {
            problem(node, path, "must be at most " + schema.path("maximum").asText() + ", not " + shown(node));
        }
    }

    private void problem(Node node, String path, String message) {
        problems.add(new ManifestProblem(origin.at(YamlTree.line(node)), path, message));
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static Set<String> names(JsonNode properties) {
        var names = new TreeSet<String>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String shown(Node node) {
        return switch (node) {
            case ScalarNode scalar ->
                "\""
                        + (scalar.getValue().length() <= 40
                                ? scalar.getValue()
                                : scalar.getValue().substring(0, 40) + "…")
                        + "\"";
            case SequenceNode ignored -> "a list";
            default -> "fields";
        };
    }
}
