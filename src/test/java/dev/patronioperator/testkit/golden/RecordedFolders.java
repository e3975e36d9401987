package dev.patronioperator.testkit.golden;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Cases in the form in which the peer was recorded: a directory each with {@code case.yaml}, {@code objects.yaml} and, for an update, {@code
 * objects-after.yaml} and {@code effect.yaml}; all objects in full. A {@code base-config.yaml} beside them wins over the project's.
 */
final class RecordedFolders {

    private static final String REJECTED = "(api server)";
    private static final String OF_PATRONI = "fake-patroni";
    private static final Set<String> NOT_COMPARED = Set.of("postgresql");

    private final Path directory;
    private final JsonNode baseConfiguration;

    RecordedFolders(Path directory, JsonNode baseConfiguration) {
        this.directory = directory;
        var own = directory.resolve("base-config.yaml");
        this.baseConfiguration = Files.exists(own) ? YamlTrees.read(own) : baseConfiguration;
    }

    GoldenCase load(String name) {
        var file = read(name, "case.yaml");
        var recorded = read(name, "objects.yaml").path("objects");
        var first = new GoldenCase.State(
                configuration(file), YamlTrees.items(file.path("objects")), manifests(file), objects(recorded));
        var update = file.path("update");
        return new GoldenCase(
                name,
                file.path("about").asText(),
                first,
                update.isMissingNode() ? Optional.empty() : Optional.of(update(name, update, first)),
                update.isMissingNode() ? GoldenEffect.NONE : effect(read(name, "effect.yaml")),
                status(recorded),
                // The peer's API server has other words for it.
                recorded.has(REJECTED) ? Optional.of("") : Optional.empty());
    }

    private static Optional<String> status(JsonNode recorded) {
        return YamlTrees.fields(recorded).entrySet().stream()
                .filter(object -> object.getKey().startsWith("postgresql "))
                .map(object -> object.getValue().at("/status/PostgresClusterStatus"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .findFirst();
    }

    private GoldenCase.State update(String name, JsonNode update, GoldenCase.State first) {
        var manifests = manifests(update);
        return new GoldenCase.State(
                update.has("config") ? configuration(update) : first.configuration(),
                replaced(first.existing(), YamlTrees.items(update.path("objects"))),
                manifests.isEmpty() ? first.manifests() : manifests,
                objects(read(name, "objects-after.yaml").path("objects")));
    }

    private static List<JsonNode> manifests(JsonNode state) {
        return state.has("manifest") ? List.of(state.path("manifest")) : YamlTrees.items(state.path("manifests"));
    }

    private static List<JsonNode> replaced(List<JsonNode> before, List<JsonNode> after) {
        var all = new LinkedHashMap<String, JsonNode>();
        before.forEach(object -> all.put(identity(object), object));
        after.forEach(object -> all.put(identity(object), object));
        return List.copyOf(all.values());
    }

    private static String identity(JsonNode object) {
        return object.path("kind") + " " + object.at("/metadata/namespace") + "/" + object.at("/metadata/name");
    }

    private JsonNode configuration(JsonNode state) {
        return YamlTrees.merge(baseConfiguration, state.path("config"));
    }

    private static Map<String, JsonNode> objects(JsonNode recorded) {
        var objects = new LinkedHashMap<String, JsonNode>();
        YamlTrees.fields(recorded).forEach((key, object) -> {
            var kind = key.substring(0, key.indexOf(' '));
            if (!key.equals(REJECTED)
                    && !NOT_COMPARED.contains(kind)
                    && !object.path("metadata").path("annotations").has(OF_PATRONI)) {
                objects.put(key, object instanceof ObjectNode tree ? withData(tree) : object);
            }
        });
        return objects;
    }

    private static ObjectNode withData(ObjectNode object) {
        if (object.has("stringData")) {
            object.set("data", object.remove("stringData"));
        }
        return object;
    }

    private static GoldenEffect effect(JsonNode recorded) {
        var restarts = new ArrayList<String>();
        var switchovers = new ArrayList<String>();
        recorded.path("patroniCalls").forEach(call -> {
            var pod = call.path("pod").asText();
            switch (call.path("call").asText()) {
                case "POST /restart" -> restarts.add(pod);
                case "POST /switchover" ->
                    switchovers.add(call.path("body").path("leader").asText(pod));
                default -> {}
            }
        });
        return new GoldenEffect(
                YamlTrees.texts(recorded.path("recreated")),
                pods(recorded, "recreated"),
                pods(recorded, "deleted"),
                restarts,
                switchovers);
    }

    private static List<String> pods(JsonNode recorded, String outcome) {
        return YamlTrees.fields(recorded.path("pods")).entrySet().stream()
                .filter(pod -> pod.getValue().path("outcome").asText().equals(outcome))
                .map(pod -> pod.getKey().substring(pod.getKey().indexOf('/') + 1))
                .toList();
    }

    private JsonNode read(String name, String file) {
        return YamlTrees.read(directory.resolve(name).resolve(file));
    }
}
