package dev.patronioperator.fixpoint;

import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.cluster.validate.SpecChecks;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.testkit.ManifestParts;
import dev.patronioperator.testkit.Manifests;
import dev.patronioperator.testkit.crd.SchemaNodes;
import dev.patronioperator.testkit.server.StoredObject;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a manifest says, a second look finds nothing to do: for every field alone, and for manifests thrown together. */
class FixpointTest {

    private static final ManifestParts PARTS = new ManifestParts();
    private static final ObjectTrees TREES = new ObjectTrees(new ObjectMapper());
    private static final Settings SETTINGS =
            Settings.defaults().with(KubernetesParameters.ENABLE_CROSS_NAMESPACE_SECRET, true);

    static Stream<Postgresql> eachPart() {
        return Stream.concat(PARTS.eachAlone().stream(), PARTS.rare().stream());
    }

    @Test
    void noFieldOfTheDefinitionIsForgotten() {
        var schema = SchemaNodes.of(spec());

        assertThat(PARTS.fields(schema.keySet()))
                .containsAll(schema.entrySet().stream()
                        .filter(node -> isLeaf(node.getValue()))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("eachPart")
    void aSecondLookChangesNothing(Postgresql manifest) {
        assertNothingToDo(manifest);
    }

    @Property(tries = 500)
    void aSecondLookChangesNothingWhateverIsThrownTogether(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        assertNothingToDo(PARTS.random(seed));
    }

    private static void assertNothingToDo(Postgresql manifest) {
        assertThat(SpecChecks.check(manifest, SETTINGS))
                .as("the manifest is valid")
                .isEmpty();
        var written = WrittenObjects.of(manifest, SETTINGS);
        assertThat(new PlannedCluster(written).plan().steps()).as("the plan").isEmpty();
        assertThat(new PlannedCluster(written, Others::mesh).plan().steps())
                .as("the plan, with a webhook in between")
                .isEmpty();
        assertThat(new PlannedCluster(written, Others::tolerant).plan().steps())
                .as("the plan, with a webhook that only adds")
                .isEmpty();
        assertThat(written.beside()).allSatisfy(object -> assertThat(TREES.differences(
                        object, StoredObject.admitted(object, Others::mesh).read()))
                .as(object.getKind())
                .isEmpty());
    }

    private static JSONSchemaProps spec() {
        var definition = (CustomResourceDefinition) Manifests.installation().stream()
                .filter(CustomResourceDefinition.class::isInstance)
                .filter(object -> object.getMetadata().getName().startsWith("postgresqls."))
                .findFirst()
                .orElseThrow();
        return definition
                .getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema()
                .getProperties()
                .get("spec");
    }

    private static boolean isLeaf(JSONSchemaProps node) {
        boolean fields = node.getProperties() != null && !node.getProperties().isEmpty();
        boolean entries = node.getAdditionalProperties() != null
                && node.getAdditionalProperties().getSchema() != null;
        return !fields && !entries && !"array".equals(node.getType());
    }
}
