package dev.patronioperator.cluster.observe;

import java.util.ArrayList;
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
import dev.patronioperator.plan.Known;

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
        if (nodes.values().stream().noneMatch(ObservedNodes::isCordoned)) {
            return ObservedNodes.of(nodes);
        }
        return instances.size() > 1
                ? ObservedNodes.of(nodes(instances.stream()))
                : new ObservedNodes(nodes, all(), volumes(instances.getFirst(), claims));
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

    /** A volume that cannot be read may be one that stays where it is. */
    private Known<List<PersistentVolume>> volumes(ObservedInstance instance, List<PersistentVolumeClaim> claims) {
        var volumes = new ArrayList<PersistentVolume>();
        for (var claim : claims) {
            // A StatefulSet names the claims of a pod after it.
            if (claim.getMetadata().getName().endsWith("-" + instance.name())) {
                var name = claim.getSpec().getVolumeName();
                var found = name == null
                        ? Optional.<PersistentVolume>empty()
                        : get(reader.uncached(), PersistentVolume.class, name);
                if (found.isEmpty()) {
                    return Known.unknown("the volume of " + claim.getMetadata().getName() + " cannot be read");
                }
                volumes.add(found.get());
            }
        }
        return Known.of(volumes);
    }

    private static <T extends HasMetadata> Optional<T> get(ObjectReader reader, Class<T> type, String name) {
        return reader.get(type, "", name).orIfUnknown(Optional.empty());
    }
}
