package dev.patronioperator.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

/** Nothing that the API server stores is lost when the operator reads a manifest and writes it again. */
class RoundTripTest {

    private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();
    private static final JsonMapper JSON = new JsonMapper();
    private static final JSONSchemaProps SCHEMA = Definitions.postgresql()
            .getSpec()
            .getVersions()
            .getFirst()
            .getSchema()
            .getOpenAPIV3Schema();

    @Property(tries = 300)
    void anyDocumentOfTheSchemaComesBack(@ForAll("documents") JsonNode document) throws JsonProcessingException {
        assertThat(throughTheRecords(document)).isEqualTo(document);
    }

    @Example
    void aUserWithoutFlagsAndEmptySectionsComeBack() throws JsonProcessingException {
        var document = JSON.readTree(
                """
                {"spec": {"users": {"app": null, "other": []}, "preparedDatabases": {}, "databases": {}, "patroni": {}, "resources": {"limits": {}}}}
                """);

        assertThat(throughTheRecords(document)).isEqualTo(document);
    }

    @Example
    void anUnknownFieldIsSkipped() throws JsonProcessingException {
        var document = JSON.readTree(
                """
                {"spec": {"teamId": "acid", "ofTomorrow": 1, "volume": {"size": "1Gi", "ofTomorrow": {}}}}
                """);

        assertThat(throughTheRecords(document))
                .isEqualTo(JSON.readTree("{\"spec\": {\"teamId\": \"acid\", \"volume\": {\"size\": \"1Gi\"}}}"));
    }

    @Example
    void aStatusOfOneWordIsRead() {
        var cluster = KUBERNETES.unmarshal("{\"status\": \"Running\"}", Postgresql.class);

        assertThat(cluster.getStatus().postgresClusterStatus()).isEqualTo("Running");
    }

    @Provide
    Arbitrary<JsonNode> documents() {
        return Arbitraries.randomValue(random -> object(SCHEMA, random));
    }

    private static JsonNode throughTheRecords(JsonNode document) throws JsonProcessingException {
        var cluster = KUBERNETES.unmarshal(document.toString(), Postgresql.class);
        var written = JSON.readTree(KUBERNETES.asJson(cluster));
        return JSON.createObjectNode()
                .setAll(Map.copyOf(written.properties().stream()
                        .filter(field -> document.has(field.getKey()))
                        .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
    }

    private static JsonNode value(JSONSchemaProps schema, Random random) {
        var json = JsonNodeFactory.instance;
        if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
            return json.textNode(random.nextInt(1000) + "Mi");
        }
        return switch (schema.getType()) {
            case "object" -> object(schema, random);
            case "array" -> json.arrayNode().addAll(items(schema, random));
            case "boolean" -> json.booleanNode(random.nextBoolean());
            case "integer" -> integer(schema, random);
            default -> text(schema, random);
        };
    }

    /** Each field with even odds; the extremes of what an integer may be come often, since they are what does not fit a Java type. */
    private static JsonNode object(JSONSchemaProps schema, Random random) {
        var object = JsonNodeFactory.instance.objectNode();
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, child) -> {
                if (random.nextBoolean()) {
                    object.set(name, value(child, random));
                }
            });
        }
        if (schema.getAdditionalProperties() != null) {
            object.set(
                    "key-" + random.nextInt(100),
                    value(schema.getAdditionalProperties().getSchema(), random));
        }
        if (Boolean.TRUE.equals(schema.getXKubernetesPreserveUnknownFields())) {
            object.putObject("emptyDir").put("medium", "Memory");
        }
        return object;
    }

    private static List<JsonNode> items(JSONSchemaProps schema, Random random) {
        var items = new ArrayList<JsonNode>();
        for (int i = 0; i <= random.nextInt(2); i++) {
            items.add(value(schema.getItems().getSchema(), random));
        }
        return items;
    }

    private static JsonNode integer(JSONSchemaProps schema, Random random) {
        long least = schema.getMinimum() == null
                ? Long.MIN_VALUE
                : schema.getMinimum().longValue();
        long most = schema.getMaximum() == null
                ? Long.MAX_VALUE
                : schema.getMaximum().longValue();
        long chosen =
                switch (random.nextInt(3)) {
                    case 0 -> least;
                    case 1 -> most;
                    default -> Math.clamp(random.nextInt(100), least, most);
                };
        // As Jackson reads it back, which takes the smallest type that fits.
        return chosen == (int) chosen
                ? JsonNodeFactory.instance.numberNode((int) chosen)
                : JsonNodeFactory.instance.numberNode(chosen);
    }

    private static JsonNode text(JSONSchemaProps schema, Random random) {
        var allowed = schema.getEnum();
        return allowed == null || allowed.isEmpty()
                ? JsonNodeFactory.instance.textNode("text \"" + random.nextInt(100) + "\" ü")
                : allowed.get(random.nextInt(allowed.size()));
    }
}
