package dev.patronioperator.cluster.planning;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;

/**
 * Which nodes a selector of Kubernetes names: those that fulfil all requirements of one of its terms. Of a requirement that compares
 * numbers nothing is known here, so it counts as not fulfilled.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity">Node affinity</a>
 */
final class NodeTerms {

    private NodeTerms() {}

    static boolean name(NodeSelector selector, Node node) {
        return selector.getNodeSelectorTerms().stream().anyMatch(term -> names(term, node));
    }

    /** A term without requirements names no node. */
    private static boolean names(NodeSelectorTerm term, Node node) {
        var labels = Optional.ofNullable(node.getMetadata().getLabels()).orElseGet(Map::of);
        var fields = Map.of("metadata.name", node.getMetadata().getName());
        return !(term.getMatchExpressions().isEmpty() && term.getMatchFields().isEmpty())
                && isFulfilled(term.getMatchExpressions(), labels)
                && isFulfilled(term.getMatchFields(), fields);
    }

    private static boolean isFulfilled(List<NodeSelectorRequirement> requirements, Map<String, String> values) {
        return requirements.stream().allMatch(requirement -> {
            var value = Optional.ofNullable(values.get(requirement.getKey()));
            var isListed = value.filter(requirement.getValues()::contains).isPresent();
            return switch (requirement.getOperator()) {
                case "In" -> isListed;
                case "NotIn" -> !isListed;
                case "Exists" -> value.isPresent();
                case "DoesNotExist" -> value.isEmpty();
                default -> false;
            };
        });
    }
}
