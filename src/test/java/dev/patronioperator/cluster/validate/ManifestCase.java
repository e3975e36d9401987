package dev.patronioperator.cluster.validate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.decoding.ConfigMapDecoder;

/**
 * One row of {@code bad-manifests.yaml} or {@code odd-manifests.yaml}.
 *
 * @param manifest base and patch together, as a person would have written it
 * @param refusedBy {@code schema}, {@code operator}, or empty if it is right
 * @param problems field to a part of the explanation
 */
record ManifestCase(String id, JsonNode manifest, Settings settings, String refusedBy, Map<String, String> problems) {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();
    private static final String BASE =
            """
            apiVersion: acid.zalan.do/v1
            kind: postgresql
            metadata: {name: acid-bad, namespace: default}
            spec:
              teamId: acid
              numberOfInstances: 2
              postgresql: {version: "17"}
              volume: {size: 1Gi}
            """;

    static List<ManifestCase> of(String file) {
        try {
            var cases = new ArrayList<ManifestCase>();
            for (var row : YAML.readTree(Files.readString(Path.of("src/test/resources", file)))) {
                cases.add(of(row));
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ManifestCase of(JsonNode row) throws IOException {
        var manifest = YAML.readTree(BASE);
        merge((ObjectNode) manifest, row.get("patch"));
        var problems = new LinkedHashMap<String, String>();
        row.path("problems")
                .properties()
                .forEach(problem ->
                        problems.put(problem.getKey(), problem.getValue().asText()));
        return new ManifestCase(
                row.get("id").asText(),
                manifest,
                settings(row.path("settings")),
                row.path("refusedBy").asText(),
                problems);
    }

    /** As RFC 7386 has it, but a null that stands for a value of a map stays: it is what {@code users: {app: null}} is about. */
    private static void merge(ObjectNode target, JsonNode patch) {
        patch.properties().forEach(field -> {
            var present = target.get(field.getKey());
            if (present instanceof ObjectNode object && field.getValue().isObject()) {
                merge(object, field.getValue());
            } else if (field.getValue().isNull() && present != null) {
                target.remove(field.getKey());
            } else {
                target.set(field.getKey(), field.getValue());
            }
        });
    }

    /** Written as in a ConfigMap. */
    private static Settings settings(JsonNode parameters) {
        var texts = new LinkedHashMap<String, String>();
        parameters
                .properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return new ConfigMapDecoder().decode(texts).settings();
    }

    Postgresql cluster() {
        return Objects.requireNonNull(KUBERNETES.unmarshal(manifest.toString(), Postgresql.class));
    }

    @Override
    public String toString() {
        return id;
    }
}
