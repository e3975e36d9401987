package dev.patronioperator.cluster.observe;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import dev.patronioperator.controller.observe.Reading;
import dev.patronioperator.kubernetes.ObjectReader;

/**
 * What pods were made from, as Kubernetes keeps it: the controller of StatefulSets writes a revision for each template that it sees, and
 * the pod's label names it. Only revisions other than the present one are read, and each once, as no revision is ever changed.
 *
 * @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/controller-revision-v1/">ControllerRevision</a>
 */
final class TemplateRevisions {

    /** By cluster; only those that some pod has. */
    private final Map<String, Map<String, ControllerRevision>> read = new ConcurrentHashMap<>();

    /** Those that are not kept any more are left out. */
    Map<String, ControllerRevision> of(
            ClusterObserver.Scope scope,
            Optional<StatefulSet> set,
            List<ObservedInstance> instances,
            Reading reading,
            ObjectReader reader) {
        var cluster = scope.namespace() + "/" + scope.cluster();
        var before = read.getOrDefault(cluster, Map.of());
        var present = set.flatMap(TemplateRevisions::present);
        var now = new TreeMap<String, ControllerRevision>();
        instances.stream()
                .flatMap(instance -> instance.revision().stream())
                .distinct()
                .filter(name -> !present.equals(Optional.of(name)))
                .forEach(name -> Optional.ofNullable(before.get(name))
                        .or(() -> reading.get(reader.uncached(), named(name, scope))
                                .map(ControllerRevision.class::cast))
                        .ifPresent(revision -> now.put(name, revision)));
        if (now.isEmpty()) {
            read.remove(cluster);
        } else {
            read.put(cluster, now);
        }
        return now;
    }

    /** The revision of a StatefulSet's template; it says nothing until the controller has seen the latest template. */
    static Optional<String> present(StatefulSet set) {
        return Optional.ofNullable(set.getStatus())
                .filter(status -> set.getMetadata().getGeneration().equals(status.getObservedGeneration()))
                .map(status -> status.getUpdateRevision());
    }

    private static ControllerRevision named(String name, ClusterObserver.Scope scope) {
        return new ControllerRevisionBuilder()
                .withNewMetadata()
                .withNamespace(scope.namespace())
                .withName(name)
                .endMetadata()
                .build();
    }
}
