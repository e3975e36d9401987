package dev.patronioperator.kubernetes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;

import dev.patronioperator.plan.Known;

/**
 * Objects that belong to no cluster and count for many: all of a kind, in all namespaces that are watched. They are watched from the first
 * time somebody asks for them, and only while the kind is defined.
 *
 * @param <T> the kind
 * @param <P> the primary resource of the controller
 */
final class SharedKind<T extends HasMetadata, P extends HasMetadata> extends SimpleInboundEventSource<P> {

    private final KubernetesClient client;
    private final Class<T> type;
    private final Supplier<Set<String>> namespaces;
    private final NamedObjects<P> definitions;
    private final Concerned<T> concerned;
    private final Map<String, SharedIndexInformer<T>> watches = new ConcurrentHashMap<>();

    /** Whom a change is of interest to. */
    interface Concerned<T> {
        /**
         * @param changed an object that was made or removed, or an object before and after its change
         * @param all those that there are now
         */
        Set<ResourceID> by(Collection<T> changed, Collection<T> all);
    }

    /**
     * @param namespaces those that are watched now; an empty name stands for all
     * @param definitions watches the definition, and wakes who asked when it comes or goes
     */
    SharedKind(
            KubernetesClient client,
            Class<T> type,
            Supplier<Set<String>> namespaces,
            NamedObjects<P> definitions,
            Concerned<T> concerned) {
        super(HasMetadata.getKind(type));
        this.client = client;
        this.type = type;
        this.namespaces = namespaces;
        this.definitions = definitions;
        this.concerned = concerned;
    }

    /** All there are, on behalf of a cluster; unknown where the kind is not defined. */
    Known<List<T>> list(ResourceID cluster) {
        var name = HasMetadata.getFullResourceName(type);
        return switch (definitions.readerFor(cluster).get(CustomResourceDefinition.class, "", name)) {
            case Known.Unknown<Optional<CustomResourceDefinition>>(String because) -> Known.unknown(because);
            case Known.Value<Optional<CustomResourceDefinition>>(var definition) -> {
                if (definition.isEmpty()) {
                    end();
                    yield Known.unknown(name + " is not defined");
                }
                yield list();
            }
        };
    }

    private Known<List<T>> list() {
        var all = new ArrayList<T>();
        for (var namespace : namespaces.get()) {
            switch (list(namespace)) {
                case Known.Value<List<T>>(List<T> some) -> all.addAll(some);
                case Known.Unknown<List<T>> unknown -> {
                    return unknown;
                }
            }
        }
        return Known.of(all);
    }

    private Known<List<T>> list(String namespace) {
        var watch = watches.computeIfAbsent(namespace, this::begin);
        return watch.hasSynced()
                ? Known.of(watch.getStore().list())
                : new ClientReader(client).everywhere(type, namespace);
    }

    private SharedIndexInformer<T> begin(String namespace) {
        var resources = client.resources(type);
        var informer = (namespace.isEmpty() ? resources.inAnyNamespace() : resources.inNamespace(namespace))
                .runnableInformer(0);
        informer.addEventHandler(new Handler());
        informer.exceptionHandler((started, failure) -> true);
        informer.start();
        return informer;
    }

    private final class Handler implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            wake(List.of(object));
        }

        @Override
        public void onUpdate(T before, T now) {
            wake(List.of(before, now));
        }

        @Override
        public void onDelete(T object, boolean unknownFinalState) {
            wake(List.of(object));
        }
    }

    private void wake(List<T> changed) {
        var all = watches.values().stream()
                .flatMap(watch -> watch.getStore().list().stream())
                .toList();
        concerned.by(changed, all).forEach(this::propagateEvent);
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
