package dev.patronioperator.cluster.observe;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;

import dev.patronioperator.kubernetes.ObjectReader;

/**
 * Looks at the nodes of one cluster. The node of the leader is watched; all else is asked for only while that node takes no pods, which it
 * does for the time of a drain. Without the right to read nodes nothing is known of them, and nothing else suffers.
 */
final class NodeObserver {

    private final ObjectReader reader;
    private final ObjectReader watched;

    NodeObserver(ObjectReader reader, ClusterObserver.Scope scope) {
        this.reader = reader;
        this.watched = reader.ofOthers(scope.namespace(), scope.cluster());
    }

    ObservedNodes of(
            Optional<ObservedInstance> leader, List<ObservedInstance> instances, List<PersistentVolumeClaim> claims) {
        var nodes = nodes(leader.stream());
        if (nodes.values().stream().noneMatch(NodeObserver::isCordoned)) {
            return new ObservedNodes(nodes, List.of(), List.of());
        }
        return instances.size() > 1
                ? new ObservedNodes(nodes(instances.stream()), List.of(), List.of())
                : new ObservedNodes(nodes, all(), volumes(claims));
    }

    private Map<String, Node> nodes(Stream<ObservedInstance> instances) {
        var found = new HashMap<String, Node>();
        instances
                .map(ObservedInstance::node)
                .flatMap(Optional::stream)
                .distinct()
                .forEach(name -> get(watched, Node.class, name).ifPresent(node -> found.put(name, node)));
        return found;
    }

    private List<Node> all() {
        return reader.uncached().list(Node.class, "", Map.of()).orIfUnknown(List.of());
    }

    private List<PersistentVolume> volumes(List<PersistentVolumeClaim> claims) {
        return claims.stream()
                .map(claim -> claim.getSpec().getVolumeName())
                .filter(volume -> volume != null && !volume.isEmpty())
                .flatMap(volume -> get(reader.uncached(), PersistentVolume.class, volume).stream())
                .toList();
    }

    private static <T extends HasMetadata> Optional<T> get(ObjectReader reader, Class<T> type, String name) {
        return reader.get(type, "", name).orIfUnknown(Optional.empty());
    }

    private static boolean isCordoned(Node node) {
        return node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
    }
}
