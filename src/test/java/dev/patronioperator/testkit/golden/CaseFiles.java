package dev.patronioperator.testkit.golden;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/** Cases in the project's own form: one file each, which says what is not like in the smallest case. */
final class CaseFiles {

    private static final String MINIMAL = "001-minimal";
    private static final String MINIMAL_NAMESPACE = "g-minimal";
    private static final String MINIMAL_CLUSTER = "acid-minimal";

    private final Path folder;
    private final JsonNode baseConfiguration;
    private final String minimalExpected;

    CaseFiles(Path folder) {
        this.folder = folder;
        this.baseConfiguration = read("base-config");
        this.minimalExpected = YamlTrees.asText(read(MINIMAL).path("expected"));
    }

    Path folder() {
        return folder;
    }

    JsonNode baseConfiguration() {
        return baseConfiguration;
    }

    GoldenCase load(String name) {
        var file = read(name);
        var manifests = YamlTrees.items(file.path("manifests"));
        var rejected =
                Optional.of(file.path("rejected")).filter(JsonNode::isTextual).map(JsonNode::asText);
        var first = new GoldenCase.State(
                configuration(file),
                YamlTrees.items(file.path("existing")),
                manifests,
                overlay(name.equals(MINIMAL) || rejected.isPresent() ? Map.of() : likeMinimal(manifests), file));
        return new GoldenCase(
                name,
                file.path("about").asText(),
                first,
                update(file.path("update"), first),
                GoldenEffect.of(file.path("update").path("effect")),
                Optional.of(file.path("status")).filter(JsonNode::isTextual).map(JsonNode::asText),
                rejected);
    }

    private Optional<GoldenCase.State> update(JsonNode update, GoldenCase.State first) {
        if (update.isMissingNode()) {
            return Optional.empty();
        }
        return Optional.of(new GoldenCase.State(
                update.has("config") ? configuration(update) : first.configuration(),
                update.has("existing") ? YamlTrees.items(update.path("existing")) : first.existing(),
                update.has("manifests") ? YamlTrees.items(update.path("manifests")) : first.manifests(),
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
            objects.putAll(YamlTrees.fields(YamlTrees.parse(text)));
        }
        return objects;
    }

    private static Map<String, JsonNode> overlay(Map<String, JsonNode> base, JsonNode state) {
        var objects = new LinkedHashMap<>(base);
        state.path("absent").forEach(key -> objects.remove(key.asText()));
        objects.putAll(YamlTrees.fields(state.path("expected")));
        return objects;
    }

    private JsonNode configuration(JsonNode state) {
        return YamlTrees.merge(baseConfiguration, state.path("config"));
    }

    private JsonNode read(String name) {
        return YamlTrees.read(folder.resolve(name + ".yaml"));
    }
}
