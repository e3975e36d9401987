package dev.patronioperator.cluster.observe;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;

/**
 * The nodes that a cluster's pods run on, as far as they count: that of the leader, and all others once that one takes no pods any more.
 * What is not known of a node speaks for it.
 *
 * @param ofPods nodes of pods, by their names
 * @param others all nodes there are, if the cluster's only pod is on one that takes no pods any more
 * @param volumes the data volumes of that pod
 */
public record ObservedNodes(Map<String, Node> ofPods, List<Node> others, List<PersistentVolume> volumes) {

    /** Nothing is known. */
    public static final ObservedNodes UNKNOWN = new ObservedNodes(Map.of(), List.of(), List.of());

    public ObservedNodes {
        ofPods = Map.copyOf(ofPods);
        others = List.copyOf(others);
        volumes = List.copyOf(volumes);
    }

    /** The node that an instance runs on, if it is known. */
    public Optional<Node> of(ObservedInstance instance) {
        return instance.node().map(ofPods::get);
    }
}
