package dev.patronioperator.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;

import dev.patronioperator.plan.Known;

/**
 * Objects of a kind that may be defined, or not, or not any more. They are watched only where and as long as the kind is defined, so that
 * an installation without it costs nothing.
 *
 * @param <T> the kind
 * @param <P> the primary resource of the controller
 */
abstract sealed class DefinedKind<T extends HasMetadata, P extends HasMetadata> extends SimpleInboundEventSource<P>
        permits ForeignKind, SharedKind {

    private final KubernetesClient client;
    private final Class<T> type;
    private final Optional<String> selector;
    private final NamedObjects<P> definitions;
    private final Map<String, SharedIndexInformer<T>> watches = new ConcurrentHashMap<>();

    /**
     * @param selector of labels; none means all objects
     * @param definitions watches the definition, and wakes who asked when it comes or goes
     */
    DefinedKind(KubernetesClient client, Class<T> type, Optional<String> selector, NamedObjects<P> definitions) {
        super(HasMetadata.getKind(type));
        this.client = client;
        this.type = type;
        this.selector = selector;
        this.definitions = definitions;
    }

    /** What the watches tell is heard by this. */
    abstract ResourceEventHandler<? super T> handler();

    /** What is listed, on behalf of a cluster; empty where the kind is not defined. */
    final Known<Optional<List<T>>> whereDefined(ResourceID cluster, Supplier<Known<List<T>>> listed) {
        return switch (definitions.readerFor(cluster).get(CustomResourceDefinition.class, "", definition())) {
            case Known.Unknown<Optional<CustomResourceDefinition>>(String because) -> Known.unknown(because);
            case Known.Value<Optional<CustomResourceDefinition>>(var definition) -> {
                if (definition.isEmpty()) {
                    end();
                    yield Known.of(Optional.empty());
                }
                yield listed.get().map(Optional::of);
            }
        };
    }

    /** Of the definition. */
    final String definition() {
        return HasMetadata.getFullResourceName(type);
    }

    /**
     * What a watch holds, which begins now if there is none; until it has come up the API server is asked.
     *
     * @param scope a namespace, or the empty text for all
     * @param direct asks the API server
     */
    final Known<List<T>> list(String scope, Supplier<Known<List<T>>> direct) {
        var watch = watches.computeIfAbsent(scope, this::begin);
        return watch.hasSynced() ? Known.of(watch.getStore().list()) : direct.get();
    }

    /** All that the watches hold. */
    final Stream<T> watched() {
        return watches.values().stream().flatMap(watch -> watch.getStore().list().stream());
    }

    private SharedIndexInformer<T> begin(String scope) {
        var resources = client.resources(type);
        var scoped = scope.isEmpty() ? resources.inAnyNamespace() : resources.inNamespace(scope);
        var informer = selector.map(scoped::withLabelSelector).orElse(scoped).runnableInformer(0);
        informer.addEventHandler(handler());
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
