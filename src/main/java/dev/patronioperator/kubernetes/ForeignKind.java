package dev.patronioperator.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;

import dev.patronioperator.plan.Known;

/**
 * Objects of a kind that another program defines, perhaps never. They are watched only where and as long as the kind is defined, so that
 * an installation without it costs nothing.
 *
 * @param <T> the kind
 * @param <P> the primary resource of the controller
 */
final class ForeignKind<T extends HasMetadata, P extends HasMetadata> extends SimpleInboundEventSource<P> {

    private final KubernetesClient client;
    private final Class<T> type;
    private final String selector;
    private final NamedObjects<P> definitions;
    private final Function<HasMetadata, Set<ResourceID>> clusterOf;
    private final Map<String, SharedIndexInformer<T>> watches = new ConcurrentHashMap<>();

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
        super(HasMetadata.getKind(type));
        this.client = client;
        this.type = type;
        this.selector = selector;
        this.definitions = definitions;
        this.clusterOf = clusterOf;
    }

    /** The objects of one cluster; unknown where the kind is not defined. */
    Known<List<T>> list(ResourceID cluster, Map<String, String> labels) {
        var name = HasMetadata.getFullResourceName(type);
        return switch (definitions.readerFor(cluster).get(CustomResourceDefinition.class, "", name)) {
            case Known.Unknown<Optional<CustomResourceDefinition>>(String because) -> Known.unknown(because);
            case Known.Value<Optional<CustomResourceDefinition>>(var definition) -> {
                if (definition.isEmpty()) {
                    end();
                    yield Known.unknown(name + " is not defined");
                }
                yield list(cluster.getNamespace().orElse(""), labels);
            }
        };
    }

    private Known<List<T>> list(String namespace, Map<String, String> labels) {
        var watch = watches.computeIfAbsent(definitions.scope(namespace), this::begin);
        return watch.hasSynced()
                ? Known.of(watch.getStore().list().stream()
                        .filter(object -> namespace.equals(object.getMetadata().getNamespace()))
                        .filter(object -> CacheReader.carries(object, labels))
                        .toList())
                : new ClientReader(client).list(type, namespace, labels);
    }

    private SharedIndexInformer<T> begin(String scope) {
        var resources = client.resources(type);
        var informer = (scope.isEmpty() ? resources.inAnyNamespace() : resources.inNamespace(scope))
                .withLabelSelector(selector)
                .runnableInformer(0);
        informer.addEventHandler(new Waking(object -> clusterOf.apply(object).forEach(this::propagateEvent)));
        informer.exceptionHandler((started, failure) -> true);
        informer.start();
        return informer;
    }

    private void end() {
        watches.values().forEach(SharedIndexInformer::close);
        watches.clear();
    }

    @Override
    public void stop() {
        super.stop();
        end();
    }
}
