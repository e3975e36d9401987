package dev.patronioperator.cluster.planning;

import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Selectors of nodes, as Kubernetes documents them. The node is worker-1 in zone a with a disk. */
class NodeTermsTest {

    private static final Node NODE = new NodeBuilder()
            .withNewMetadata()
            .withName("worker-1")
            .withLabels(Map.of("zone", "a", "disk", ""))
            .endMetadata()
            .build();

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    zone, In,           a|b, true
                    zone, In,           b,   false
                    rack, In,           a,   false
                    zone, NotIn,        b,   true
                    zone, NotIn,        a|b, false
                    rack, NotIn,        a,   true
                    disk, Exists,       ,    true
                    rack, Exists,       ,    false
                    rack, DoesNotExist, ,    true
                    disk, DoesNotExist, ,    false
                    zone, Gt,           1,   false
                    """)
    void aRequirementNamesNodes(String label, String operator, String values, boolean named) {
        var listed = values == null ? List.<String>of() : List.of(values.split("\\|"));

        assertThat(names(term(List.of(new NodeSelectorRequirement(label, operator, listed)), List.of())))
                .isEqualTo(named);
    }

    @Test
    void aTermIsAllOfItsRequirementsAndASelectorAnyOfItsTerms() {
        var inZone = new NodeSelectorRequirement("zone", "In", List.of("a"));
        var inRack = new NodeSelectorRequirement("rack", "Exists", List.of());
        var itself = new NodeSelectorRequirement("metadata.name", "In", List.of("worker-1"));
        var another = new NodeSelectorRequirement("metadata.name", "In", List.of("worker-2"));

        assertThat(names(term(List.of(inZone, inRack), List.of()))).isFalse();
        assertThat(names(term(List.of(inRack), List.of()), term(List.of(inZone), List.of())))
                .isTrue();
        assertThat(names(term(List.of(inZone), List.of(itself)))).isTrue();
        assertThat(names(term(List.of(inZone), List.of(another)))).isFalse();
    }

    @Test
    void nothingAskedForIsNoNode() {
        assertThat(names()).isFalse();
        assertThat(names(term(List.of(), List.of()))).isFalse();
    }

    private static boolean names(NodeSelectorTerm... terms) {
        return NodeTerms.name(new NodeSelector(List.of(terms)), NODE);
    }

    private static NodeSelectorTerm term(
            List<NodeSelectorRequirement> expressions, List<NodeSelectorRequirement> fields) {
        return new NodeSelectorTerm(expressions, fields);
    }
}
