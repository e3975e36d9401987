package dev.patronioperator.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import dev.patronioperator.api.Postgresql;

/** The manifests in the repository, read as a person would apply them. */
public final class Manifests {

    public static final Path INSTALLATION = LocalKubernetes.ROOT.resolve("src/main/kubernetes");
    public static final Path SAMPLES = LocalKubernetes.ROOT.resolve("docs/samples");

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private Manifests() {}

    /** Everything that {@code kubectl apply -k src/main/kubernetes} installs, in the order of the kustomization. */
    public static List<HasMetadata> installation() {
        return kustomization(INSTALLATION);
    }

    /** The cluster of a file of {@code docs/samples}, such as {@code minimal.yaml}. */
    public static Postgresql sample(String file) {
        return SERIALIZATION.convertValue(documents(SAMPLES.resolve(file)).getFirst(), Postgresql.class);
    }

    /** The same with more fields of the spec, as YAML or JSON. */
    public static Postgresql sampleWith(String file, String fields) {
        var document = (ObjectNode) documents(SAMPLES.resolve(file)).getFirst();
        ((ObjectNode) document.path("spec")).setAll((ObjectNode) tree(fields));
        return SERIALIZATION.convertValue(document, Postgresql.class);
    }

    /** YAML or JSON as a tree. */
    public static JsonNode tree(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text + " is not YAML", e);
        }
    }

    public static List<HasMetadata> objects(Path file) {
        return documents(file).stream()
                .map(document -> SERIALIZATION.convertValue(document, HasMetadata.class))
                .toList();
    }

    /** The documents of a YAML file that are not empty. */
    public static List<JsonNode> documents(Path file) {
        try (var parser = YAML.createParser(file.toFile())) {
            var found = new ArrayList<JsonNode>();
            while (parser.nextToken() != null) {
                found.add(YAML.readTree(parser));
            }
            found.removeIf(JsonNode::isNull);
            return found;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + " is not YAML", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<HasMetadata> kustomization(Path folder) {
        var resources =
                documents(folder.resolve("kustomization.yaml")).getFirst().path("resources");
        return Stream.iterate(0, number -> number < resources.size(), number -> number + 1)
                .map(number -> folder.resolve(resources.get(number).asText()))
                .flatMap(entry -> Files.isDirectory(entry) ? kustomization(entry).stream() : objects(entry).stream())
                .toList();
    }
}
