package dev.patronioperator.cluster.observe;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;

import dev.patronioperator.plan.Known;

/**
 * The nodes that a cluster's pods run on, as far as they count: that of the leader, and all others once that one takes no pods any more.
 * What is not known of a node speaks for it.
 *
 * @param ofPods nodes of pods, by their names
 * @param others all nodes there are, if the cluster's only pod is on one that takes no pods any more
 * @param volumes the volumes of that pod
 */
public record ObservedNodes(Map<String, Node> ofPods, List<Node> others, Known<List<PersistentVolume>> volumes) {

    /** Nothing is known. */
    public static final ObservedNodes UNKNOWN = of(Map.of());

    public ObservedNodes {
        ofPods = Map.copyOf(ofPods);
        others = List.copyOf(others);
    }

    /** Where it does not matter what else there is. */
    static ObservedNodes of(Map<String, Node> ofPods) {
        return new ObservedNodes(ofPods, List.of(), Known.unknown("nobody has looked"));
    }

    /** Whether a node takes no pods any more. */
    public static boolean isCordoned(Node node) {
        return node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
    }

    /** The node that an instance runs on, if it is known. */
    public Optional<Node> of(ObservedInstance instance) {
        return instance.node().map(ofPods::get);
    }
}
