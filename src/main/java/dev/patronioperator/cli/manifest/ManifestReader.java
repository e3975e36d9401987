package dev.patronioperator.cli.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

import dev.patronioperator.api.Postgresql;

/** Reads YAML or JSON files with one or more documents, standard input, and directories of such files. */
public final class ManifestReader {

    private static final String API_VERSION = Postgresql.GROUP + "/" + Postgresql.VERSION;
    private static final String DEFINITION = "crds/postgresqls.acid.zalan.do.yaml";

    private final ObjectMapper mapper;
    private final InputStream standardInput;
    private final String defaultNamespace;
    private final JsonNode schema;
    private final List<Manifest> manifests = new ArrayList<>();
    private final List<ManifestProblem> problems = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    private ManifestReader(ObjectMapper mapper, InputStream standardInput, String defaultNamespace) {
        this.mapper = mapper;
        this.standardInput = standardInput;
        this.defaultNamespace = defaultNamespace;
        this.schema = schema();
    }

    /**
     * Reads all of the files; a mistake in one does not keep the others from being read.
     *
     * @param files paths, or {@code -} for standard input
     * @param defaultNamespace for manifests that do not say theirs
     */
    public static Manifests read(
            List<String> files, ObjectMapper mapper, InputStream standardInput, String defaultNamespace) {
        var reader = new ManifestReader(mapper, standardInput, defaultNamespace);
        files.forEach(reader::file);
        return new Manifests(reader.manifests, reader.problems, reader.skipped);
    }

    private void file(String name) {
        try {
            if (name.equals("-")) {
                documents("standard input", new java.io.InputStreamReader(standardInput, StandardCharsets.UTF_8));
            } else if (Files.isDirectory(Path.of(name))) {
                directory(Path.of(name)).forEach(this::file);
            } else {
                try (var reader = Files.newBufferedReader(Path.of(name))) {
                    documents(name, reader);
                }
            }
        } catch (NoSuchFileException absent) {
            problems.add(new ManifestProblem(new Origin(name, 1, 1), "", "there is no such file"));
        } catch (IOException | UncheckedIOException unreadable) {
            problems.add(new ManifestProblem(new Origin(name, 1, 1), "", "cannot be read: " + unreadable.getMessage()));
        }
    }

    private static List<String> directory(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(Path::toString)
                    .filter(file -> file.matches(".*\\.(ya?ml|json)"))
                    .sorted()
                    .toList();
        }
    }

    private void documents(String file, Reader reader) {
        var number = 0;
        try {
            for (var document : new Yaml(new LoaderOptions()).composeAll(reader)) {
                number++;
                document(new Origin(file, number, YamlTree.line(document)), document);
            }
        } catch (MarkedYAMLException broken) {
            var line = broken.getProblemMark() == null
                    ? 1
                    : broken.getProblemMark().getLine() + 1;
            problems.add(
                    new ManifestProblem(new Origin(file, number + 1, line), "", "is no YAML: " + broken.getProblem()));
        } catch (YAMLException broken) {
            problems.add(
                    new ManifestProblem(new Origin(file, number + 1, 1), "", "is no YAML: " + broken.getMessage()));
        }
    }

    private void document(Origin origin, Node document) {
        if (!(document instanceof MappingNode mapping)) {
            if (!YamlTree.text(document).isEmpty()) {
                problems.add(new ManifestProblem(
                        origin, "", "must be a Kubernetes object, with apiVersion, kind and metadata"));
            }
            return;
        }
        var tree = YamlTree.json(mapping);
        var kind = tree.path("kind").asText();
        if (!kind.equals(Postgresql.KIND)) {
            skipped.add(origin + ": " + (kind.isEmpty() ? "an object without kind" : kind) + " is not a "
                    + Postgresql.KIND);
        } else if (!tree.path("apiVersion").asText().equals(API_VERSION)) {
            problems.add(new ManifestProblem(
                    origin,
                    "apiVersion",
                    "must be " + API_VERSION + ", not \""
                            + tree.path("apiVersion").asText() + "\""));
        } else {
            cluster(origin, mapping, tree);
        }
    }

    private void cluster(Origin origin, MappingNode mapping, JsonNode tree) {
        var found = new ArrayList<>(SchemaCheck.problems(origin, mapping, schema));
        if (tree.path("metadata").path("name").asText().isEmpty()) {
            found.add(new ManifestProblem(origin, "metadata.name", "is missing"));
        }
        if (found.isEmpty()) {
            try {
                var resource = mapper.treeToValue(tree, Postgresql.class);
                if (resource.getMetadata().getNamespace() == null) {
                    resource.getMetadata().setNamespace(defaultNamespace);
                }
                manifests.add(new Manifest(origin, resource));
            } catch (JsonProcessingException unreadable) {
                found.add(new ManifestProblem(origin, "", "cannot be read: " + unreadable.getOriginalMessage()));
            }
        }
        problems.addAll(found);
    }

    private JsonNode schema() {
        try (var definition = Thread.currentThread().getContextClassLoader().getResourceAsStream(DEFINITION)) {
            var text = new String(definition.readAllBytes(), StandardCharsets.UTF_8);
            var root = YamlTree.json(new Yaml(new LoaderOptions()).compose(new java.io.StringReader(text)));
            return root.at("/spec/versions/0/schema/openAPIV3Schema");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
