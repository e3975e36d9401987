package dev.patronioperator.api;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import org.junit.jupiter.api.Test;

import dev.patronioperator.plan.ImpactRule;
import dev.patronioperator.plan.ImpactRules;
import dev.patronioperator.testkit.crd.SchemaNodes;

import static org.assertj.core.api.Assertions.assertThat;

/** Rules and definition know the same fields. Whether the rules are true is the matter of {@code ManifestImpactTest}. */
class ImpactRulesTest {

    private static final Map<String, JSONSchemaProps> NODES = SchemaNodes.of(Definitions.postgresql()
            .getSpec()
            .getVersions()
            .getFirst()
            .getSchema()
            .getOpenAPIV3Schema());

    private static List<String> leaves() {
        return NODES.keySet().stream()
                .filter(path -> path.startsWith("spec."))
                .filter(path -> NODES.keySet().stream().noneMatch(other -> isBelow(other, path)))
                .toList();
    }

    private static boolean isBelow(String path, String other) {
        return path.length() > other.length()
                && path.startsWith(other)
                && ".[{".indexOf(path.charAt(other.length())) >= 0;
    }

    @Test
    void everyLeafHasARule() {
        assertThat(leaves())
                .hasSizeGreaterThan(500)
                .allSatisfy(leaf -> assertThat(ImpactRules.of(leaf)).as(leaf).isPresent());
    }

    @Test
    void everyRuleSpeaksForALeaf() {
        var used = new HashSet<ImpactRule>();
        leaves().forEach(leaf -> ImpactRules.of(leaf).ifPresent(used::add));

        assertThat(used).containsExactlyInAnyOrderElementsOf(ImpactRules.all());
    }

    /** A new field of a section of ours is not covered by its neighbours' rule. */
    @Test
    void sectionsHaveARuleForEachField() {
        var sections = ImpactRules.all().stream()
                .map(ImpactRule::field)
                .filter(field -> Optional.ofNullable(NODES.get(field).getProperties())
                        .filter(properties -> !properties.isEmpty())
                        .isPresent())
                .filter(field -> KubernetesTypes.of(field).isEmpty());

        assertThat(sections).containsExactlyInAnyOrder("spec.resources", "spec.connectionPooler.resources");
    }

    @Test
    void aRuleSpeaksForWhatIsBelowIt() {
        assertThat(ImpactRules.of("spec.sidecars[0].image"))
                .map(ImpactRule::field)
                .contains("spec.sidecars");
        assertThat(ImpactRules.of("spec.postgresql.parameters.work_mem"))
                .map(ImpactRule::field)
                .contains("spec.postgresql.parameters");
        assertThat(ImpactRules.of("spec.patroni.ttl")).map(ImpactRule::impact).contains("RELOAD");
        assertThat(ImpactRules.of("spec.numberOfInstances"))
                .map(ImpactRule::impact)
                .contains("NONE to RECREATE");
        assertThat(ImpactRules.of("spec.postgresqls")).isEmpty();
        assertThat(ImpactRules.of("")).isEmpty();
    }
}
