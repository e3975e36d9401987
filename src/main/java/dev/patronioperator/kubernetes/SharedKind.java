package dev.patronioperator.kubernetes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

import dev.patronioperator.plan.Known;

/**
 * Objects that belong to no cluster and count for many: all of a kind, in all namespaces that are watched. They are watched from the first
 * time somebody asks for them.
 *
 * @param <T> the kind
 * @param <P> the primary resource of the controller
 */
final class SharedKind<T extends HasMetadata, P extends HasMetadata> extends DefinedKind<T, P> {

    private final KubernetesClient client;
    private final Class<T> type;
    private final Supplier<Set<String>> namespaces;
    private final Concerned<T> concerned;

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
        super(client, type, Optional.empty(), definitions);
        this.client = client;
        this.type = type;
        this.namespaces = namespaces;
        this.concerned = concerned;
    }

    /** All there are, on behalf of a cluster; unknown where the kind is not defined. */
    Known<List<T>> list(ResourceID cluster) {
        return whereDefined(cluster, this::all).flatMap(defined -> defined.map(Known::of)
                .orElseGet(() -> Known.unknown(definition() + " is not defined")));
    }

    private Known<List<T>> all() {
        var all = new ArrayList<T>();
        for (var namespace : namespaces.get()) {
            switch (list(namespace, () -> new ClientReader(client).everywhere(type, namespace))) {
                case Known.Value<List<T>>(List<T> some) -> all.addAll(some);
                case Known.Unknown<List<T>> unknown -> {
                    return unknown;
                }
            }
        }
        return Known.of(all);
    }

    @Override
    ResourceEventHandler<? super T> handler() {
        return new Handler();
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
        concerned.by(changed, watched().toList()).forEach(this::propagateEvent);
    }
}
