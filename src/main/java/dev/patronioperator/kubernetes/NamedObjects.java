package dev.patronioperator.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;

import dev.patronioperator.plan.Known;

/**
 * Single objects that are no cluster's own: those that the configuration names, such as the Secret with variables for all pods. Each is
 * watched by its name from the first time somebody reads it, and a change wakes those who read it. Never a whole kind: what else a
 * namespace keeps in Secrets is nobody's business here.
 *
 * <p>Until a watch has come up, and while it cannot, the API server is asked.
 *
 * @param <P> the primary resource of the controller
 */
final class NamedObjects<P extends HasMetadata> extends SimpleInboundEventSource<P> {

    /** One watch; with {@code everywhere} it serves the namesakes in all namespaces. */
    private record Watched(Class<? extends HasMetadata> type, String namespace, String name) {}

    private record Read(Class<? extends HasMetadata> type, ResourceID object) {}

    private final KubernetesClient client;
    private final boolean everywhere;
    private final Map<Watched, SharedIndexInformer<? extends HasMetadata>> watches = new ConcurrentHashMap<>();
    private final Map<Read, Set<ResourceID>> readers = new ConcurrentHashMap<>();

    /**
     * @param everywhere whether the controller looks after all namespaces
     */
    NamedObjects(KubernetesClient client, boolean everywhere) {
        super("named objects");
        this.client = client;
        this.everywhere = everywhere;
    }

    /** What a watch of something in that namespace covers: the namespace, or with the empty text all of them. */
    String scope(String namespace) {
        return everywhere ? "" : namespace;
    }

    /** A reader on behalf of a primary resource, which is woken when something changes that it has read. */
    ObjectReader readerFor(ResourceID primary) {
        var direct = new ClientReader(client);
        return new ObjectReader() {
            @Override
            public <T extends HasMetadata> Known<Optional<T>> get(Class<T> type, String namespace, String name) {
                readers.computeIfAbsent(
                                new Read(type, new ResourceID(name, namespace.isEmpty() ? null : namespace)),
                                ignored -> ConcurrentHashMap.newKeySet())
                        .add(primary);
                var watch = watch(type, namespace, name);
                return watch.hasSynced()
                        ? Known.of(
                                Optional.ofNullable(watch.getStore().getByKey(Cache.namespaceKeyFunc(namespace, name))))
                        : direct.get(type, namespace, name);
            }

            @Override
            public <T extends HasMetadata> Known<List<T>> list(
                    Class<T> type, String namespace, Map<String, String> labels) {
                return direct.list(type, namespace, labels);
            }
        };
    }

    @SuppressWarnings("unchecked") // the key holds the type that the informer was made for
    private <T extends HasMetadata> SharedIndexInformer<T> watch(Class<T> type, String namespace, String name) {
        return (SharedIndexInformer<T>) watches.computeIfAbsent(new Watched(type, scope(namespace), name), this::begin);
    }

    private SharedIndexInformer<? extends HasMetadata> begin(Watched watched) {
        var resources = client.resources(watched.type());
        var informer = (watched.namespace().isEmpty()
                        ? resources.inAnyNamespace()
                        : resources.inNamespace(watched.namespace()))
                .withField("metadata.name", watched.name())
                .runnableInformer(0);
        informer.addEventHandler(new Waking(object -> wake(watched.type(), object)));
        informer.exceptionHandler((started, failure) -> true);
        informer.start();
        return informer;
    }

    private void wake(Class<? extends HasMetadata> type, HasMetadata object) {
        readers.getOrDefault(new Read(type, ResourceID.fromResource(object)), Set.of())
                .forEach(this::propagateEvent);
    }

    @Override
    public void stop() {
        super.stop();
        watches.values().forEach(SharedIndexInformer::close);
    }
}
