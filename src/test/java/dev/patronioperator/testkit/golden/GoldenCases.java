package dev.patronioperator.testkit.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** Reads the golden cases from the test resources. */
public final class GoldenCases {

    private static final String MINIMAL = "001-minimal";
    private static final String MINIMAL_NAMESPACE = "g-minimal";
    private static final String MINIMAL_CLUSTER = "acid-minimal";

    private final KubernetesSerialization yaml = new KubernetesSerialization();
    private final Path folder;
    private final JsonNode baseConfiguration;
    private final String minimalExpected;

    private GoldenCases(Path folder) {
        this.folder = folder;
        this.baseConfiguration = read("base-config");
        this.minimalExpected = yaml.asJson(read(MINIMAL).path("expected"));
    }

    /** All cases, by number. */
    public static List<GoldenCase> all() {
        var cases = new GoldenCases(folder());
        try (var files = Files.list(cases.folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.matches("\\d+-.*\\.yaml"))
                    .sorted()
                    .map(file -> cases.load(file.substring(0, file.length() - ".yaml".length())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path folder() {
        try {
            return Path.of(GoldenCases.class.getResource("/golden").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private GoldenCase load(String name) {
        var file = read(name);
        var manifests = list(file.path("manifests"));
        var first = new GoldenCase.State(
                configuration(file),
                list(file.path("existing")),
                manifests,
                overlay(name.equals(MINIMAL) ? Map.of() : likeMinimal(manifests), file));
        return new GoldenCase(name, file.path("about").asText(), first, update(file.path("update"), first));
    }

    private Optional<GoldenCase.State> update(JsonNode update, GoldenCase.State first) {
        if (update.isMissingNode()) {
            return Optional.empty();
        }
        return Optional.of(new GoldenCase.State(
                update.has("config") ? configuration(update) : first.configuration(),
                update.has("existing") ? list(update.path("existing")) : first.existing(),
                update.has("manifests") ? list(update.path("manifests")) : first.manifests(),
                overlay(first.expected(), update)));
    }

    /** The objects of the smallest manifest, under the names of these clusters: what a case need not repeat. */
    private Map<String, JsonNode> likeMinimal(List<JsonNode> manifests) {
        var objects = new LinkedHashMap<String, JsonNode>();
        for (var manifest : manifests) {
            var metadata = manifest.path("metadata");
            var text = minimalExpected
                    .replace(MINIMAL_NAMESPACE, metadata.path("namespace").asText())
                    .replace(MINIMAL_CLUSTER, metadata.path("name").asText());
            objects.putAll(objects(yaml.unmarshal(text, JsonNode.class)));
        }
        return objects;
    }

    private static Map<String, JsonNode> overlay(Map<String, JsonNode> base, JsonNode state) {
        var objects = new LinkedHashMap<>(base);
        state.path("absent").forEach(key -> objects.remove(key.asText()));
        objects.putAll(objects(state.path("expected")));
        return objects;
    }

    private JsonNode configuration(JsonNode state) {
        return merge(baseConfiguration, state.path("config"));
    }

    /** Maps are merged, null removes a key, anything else replaces. */
    private static JsonNode merge(JsonNode base, JsonNode delta) {
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

    private static Map<String, JsonNode> objects(JsonNode node) {
        var objects = new LinkedHashMap<String, JsonNode>();
        node.properties().forEach(entry -> objects.put(entry.getKey(), entry.getValue()));
        return objects;
    }

    private static List<JsonNode> list(JsonNode node) {
        var list = new ArrayList<JsonNode>();
        node.forEach(list::add);
        return list;
    }

    private JsonNode read(String name) {
        try {
            return yaml.unmarshal(Files.readString(folder.resolve(name + ".yaml")), JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
