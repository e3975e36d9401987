package dev.patronioperator.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.patronioperator.testkit.crd.SchemaNodes;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a manifest of the Zalando operator holds has its place in ours, with at least the values allowed there. */
class ZalandoCompatibilityTest {

    private static final JsonNode TABLE = table();
    private static final Map<String, JSONSchemaProps> OURS = SchemaNodes.of(Definitions.postgresql()
            .getSpec()
            .getVersions()
            .getFirst()
            .getSchema()
            .getOpenAPIV3Schema());

    static Stream<String> fields() {
        return TABLE.get("fields").properties().stream().map(Map.Entry::getKey);
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aFieldKeepsItsPlaceAndItsValues(String path) {
        var theirs = TABLE.get("fields").get(path);
        var ours = OURS.get(path);

        assertThat(ours).as("the field").isNotNull();
        assertThat(ours.getType()).isEqualTo(theirs.get("type").asText());
        assertThat(ours.getRequired())
                .as("required fields, none of them new")
                .isSubsetOf(texts(theirs.path("required")));
        if (!ours.getEnum().isEmpty()) {
            assertThat(ours.getEnum()).map(JsonNode::asText).containsAll(texts(theirs.path("enum")));
        }
        if (theirs.path("nullable").asBoolean()) {
            assertThat(ours.getNullable()).as("nullable").isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aFormAcceptsWhatItAccepted(String path) {
        var pattern = OURS.get(path).getPattern();
        var form = TABLE.get("fields").get(path).path("form");

        if (form.isMissingNode()) {
            assertThat(pattern).as("no form of ours where there was none").isNull();
        } else {
            assertThat(texts(TABLE.get("forms").get(form.asText())))
                    .allMatch(text -> Pattern.compile(pattern).matcher(text).find());
        }
    }

    @Test
    void columnsComeInTheirOrder() {
        assertThat(Definitions.postgresql().getSpec().getVersions().getFirst().getAdditionalPrinterColumns())
                .map(column -> column.getName() + " " + column.getJsonPath())
                .containsExactly(
                        "Team .spec.teamId",
                        "Version .spec.postgresql.version",
                        "Pods .spec.numberOfInstances",
                        "Volume .spec.volume.size",
                        "CPU-Request .spec.resources.requests.cpu",
                        "Memory-Request .spec.resources.requests.memory",
                        "Age .metadata.creationTimestamp",
                        "Status .status.PostgresClusterStatus");
    }

    @Test
    void itIsFoundUnderTheirNames() {
        var names = Definitions.postgresql().getSpec().getNames();

        assertThat(List.of(names.getKind(), names.getListKind(), names.getPlural(), names.getSingular()))
                .containsExactly("postgresql", "postgresqlList", "postgresqls", "postgresql");
        assertThat(names.getShortNames()).containsExactly("pg");
        assertThat(names.getCategories()).containsExactly("all");
    }

    /** Below a type of Kubernetes' own the field is described by Kubernetes' documentation. */
    @Test
    void everyFieldOfOursIsDescribed() {
        assertThat(OURS.entrySet())
                .filteredOn(node -> !node.getKey().matches(".*(\\[\\]|\\{\\})$|spec|status|"))
                .filteredOn(node -> !KubernetesTypes.isInside(node.getKey()))
                .allSatisfy(node -> assertThat(node.getValue().getDescription())
                        .as(node.getKey())
                        .isNotBlank());
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }

    private static JsonNode table() {
        try {
            return new YAMLMapper().readTree(Files.readString(Path.of("src/test/resources/zalando-fields.yaml")));
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
