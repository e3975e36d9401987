package dev.patronioperator.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import dev.patronioperator.api.Postgresql;

/**
 * Makes valid manifests out of the parts in {@code fixpoint/manifest-parts.yaml}: each part alone, or any number of them thrown
 * together.
 */
public final class ManifestParts {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final String SMALLEST =
            """
            apiVersion: acid.zalan.do/v1
            kind: postgresql
            metadata: {name: acid-parts, namespace: default}
            spec:
              teamId: acid
              numberOfInstances: 1
              postgresql: {version: "17"}
              volume: {size: 1Gi}
            """;

    private final Map<String, List<ObjectNode>> groups = new LinkedHashMap<>();
    private final List<ObjectNode> rare = new ArrayList<>();

    public ManifestParts() {
        var file = read();
        file.path("groups").properties().forEach(group -> groups.put(group.getKey(), parts(group.getValue())));
        rare.addAll(parts(file.path("rare")));
    }

    /** A manifest for each part; the name says which. */
    public List<Postgresql> eachAlone() {
        var manifests = new ArrayList<Postgresql>();
        groups.forEach((group, parts) -> {
            for (int i = 0; i < parts.size(); i++) {
                manifests.add(manifest(name(group, i), List.of(parts.get(i))));
            }
        });
        return manifests;
    }

    /** A manifest for each part that not every API server takes. */
    public List<Postgresql> rare() {
        var manifests = new ArrayList<Postgresql>();
        for (int i = 0; i < rare.size(); i++) {
            manifests.add(manifest(name("rare", i), List.of(rare.get(i))));
        }
        return manifests;
    }

    /** A manifest with the first part of each of these groups. */
    public Postgresql together(String... names) {
        return manifest(
                "acid-together",
                Stream.of(names).map(name -> groups.get(name).getFirst()).toList());
    }

    /** The manifest with a field of another value. */
    public static Postgresql with(Postgresql manifest, String field, int value) {
        ObjectNode tree = YAML.convertValue(manifest, ObjectNode.class);
        ((ObjectNode) tree.get("spec")).put(field, value);
        return YAML.convertValue(tree, Postgresql.class);
    }

    /** A manifest with about half of all groups, the same for the same seed. */
    public Postgresql random(long seed) {
        var random = new Random(seed);
        var chosen = new ArrayList<ObjectNode>();
        groups.values().forEach(parts -> {
            if (random.nextBoolean()) {
                chosen.add(parts.get(random.nextInt(parts.size())));
            }
        });
        return manifest("acid-random-" + seed, chosen);
    }

    /**
     * The fields that some part sets.
     *
     * @param schema the paths of the schema, which tell fields from keys that a manifest chooses: {@code users{}[]}
     */
    public Set<String> fields(Set<String> schema) {
        var fields = new TreeSet<String>();
        groups.values().forEach(parts -> parts.forEach(part -> collect("", part, schema, fields)));
        rare.forEach(part -> collect("", part, schema, fields));
        return fields;
    }

    private static void collect(String path, JsonNode node, Set<String> schema, Set<String> into) {
        if (node.isObject()) {
            into.add(path);
            boolean free = schema.contains(path + "{}");
            node.properties()
                    .forEach(entry -> collect(
                            free ? path + "{}" : path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(),
                            entry.getValue(),
                            schema,
                            into));
        } else if (node.isArray()) {
            node.forEach(item -> collect(path + "[]", item, schema, into));
        } else {
            into.add(path);
        }
    }

    private static Postgresql manifest(String name, List<ObjectNode> parts) {
        var manifest = YAML.unmarshal(SMALLEST, ObjectNode.class);
        ((ObjectNode) manifest.get("metadata")).put("name", name);
        parts.forEach(part -> ((ObjectNode) manifest.get("spec")).setAll(part));
        return YAML.convertValue(manifest, Postgresql.class);
    }

    private static String name(String group, int index) {
        return "acid-" + group.toLowerCase(java.util.Locale.ROOT) + "-" + index;
    }

    private static List<ObjectNode> parts(JsonNode list) {
        var parts = new ArrayList<ObjectNode>();
        list.forEach(part -> parts.add((ObjectNode) part));
        return parts;
    }

    private static JsonNode read() {
        try {
            return YAML.unmarshal(
                    Files.readString(Path.of("src/test/resources/fixpoint/manifest-parts.yaml")), JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
