package dev.patronioperator.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

import dev.patronioperator.plan.Known;

/**
 * Objects of a cluster, of a kind that another program defines, perhaps never.
 *
 * @param <T> the kind
 * @param <P> the primary resource of the controller
 */
final class ForeignKind<T extends HasMetadata, P extends HasMetadata> extends DefinedKind<T, P> {

    private final KubernetesClient client;
    private final Class<T> type;
    private final NamedObjects<P> definitions;
    private final Function<HasMetadata, Set<ResourceID>> clusterOf;

    /**
     * @param definitions watches the definition, and wakes who asked when it comes or goes
     * @param clusterOf whom a change of an object wakes
     */
    ForeignKind(
            KubernetesClient client,
            Class<T> type,
            String selector,
            NamedObjects<P> definitions,
            Function<HasMetadata, Set<ResourceID>> clusterOf) {
        super(client, type, Optional.of(selector), definitions);
        this.client = client;
        this.type = type;
        this.definitions = definitions;
        this.clusterOf = clusterOf;
    }

    /** The objects of one cluster; empty where the kind is not defined. */
    Known<Optional<List<T>>> list(ResourceID cluster, Map<String, String> labels) {
        var namespace = cluster.getNamespace().orElse("");
        return whereDefined(cluster, () -> list(
                        definitions.scope(namespace), () -> new ClientReader(client).list(type, namespace, labels))
                .map(all -> all.stream()
                        .filter(object -> namespace.equals(object.getMetadata().getNamespace()))
                        .filter(object -> CacheReader.carries(object, labels))
                        .toList()));
    }

    @Override
    ResourceEventHandler<? super T> handler() {
        return new Waking(object -> clusterOf.apply(object).forEach(this::propagateEvent));
    }
}
