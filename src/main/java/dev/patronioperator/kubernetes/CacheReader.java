package dev.patronioperator.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

import dev.patronioperator.plan.Known;

/**
 * Reads from the caches of the informers: no request, and what was just written is there already. Objects are the cache's own and must not
 * be changed.
 */
public final class CacheReader implements ObjectReader {

    /** Index of the objects of one cluster. */
    static final String BY_CLUSTER = "cluster";

    private final Map<Class<? extends HasMetadata>, ? extends OwnWrites<?>> caches;
    private final String clusterLabel;
    private final Map<Class<? extends HasMetadata>, ? extends ForeignKind<?, ?>> foreign;
    private final Map<Class<? extends HasMetadata>, ? extends SharedKind<?, ?>> shared;
    private final NamedObjects<?> others;
    private final ObjectReader uncached;

    CacheReader(
            Map<Class<? extends HasMetadata>, ? extends OwnWrites<?>> caches,
            String clusterLabel,
            Map<Class<? extends HasMetadata>, ? extends ForeignKind<?, ?>> foreign,
            Map<Class<? extends HasMetadata>, ? extends SharedKind<?, ?>> shared,
            NamedObjects<?> others,
            ObjectReader uncached) {
        this.caches = Map.copyOf(caches);
        this.clusterLabel = clusterLabel;
        this.foreign = Map.copyOf(foreign);
        this.shared = Map.copyOf(shared);
        this.others = others;
        this.uncached = uncached;
    }

    @Override
    public ObjectReader uncached() {
        return uncached;
    }

    @Override
    public ObjectReader ofOthers(String namespace, String cluster) {
        return others.readerFor(new ResourceID(cluster, namespace));
    }

    @Override
    public <T extends HasMetadata> Known<Optional<T>> get(Class<T> type, String namespace, String name) {
        return Known.of(cache(type).get(new ResourceID(name, namespace)));
    }

    /**
     * Lists of a cache hold what the watch has brought; only {@code get} knows what we have written since. Planned from a StatefulSet as it was before our last
     * write, a change would be lost on its pods for good; what was just made would be made again.
     */
    @Override
    public <T extends HasMetadata> Known<List<T>> list(Class<T> type, String namespace, Map<String, String> labels) {
        var cluster = labels.get(clusterLabel);
        var cache = cache(type);
        // In this order: what the watch brings in between is in the list.
        var written = cache.written(namespace).toList();
        var listed = cluster == null
                ? cache.list(namespace, object -> true)
                : cache.byIndex(BY_CLUSTER, key(namespace, cluster)).stream();
        return Known.of(Stream.concat(listed.map(ResourceID::fromResource), written.stream())
                .distinct()
                .flatMap(id -> cache.get(id).stream())
                .filter(object -> carries(object, labels))
                .toList());
    }

    @Override
    public <T extends HasMetadata> Known<Optional<List<T>>> listIfDefined(
            Class<T> type, String namespace, Map<String, String> labels) {
        var cluster = labels.get(clusterLabel);
        return cluster != null && foreign.get(type) instanceof ForeignKind<?, ?> kind
                ? known(kind, new ResourceID(cluster, namespace), labels)
                : list(type, namespace, labels).map(Optional::of);
    }

    @Override
    @SuppressWarnings("unchecked") // the map is filled with pairs of a type and the source of that type
    public <T extends HasMetadata> Known<List<T>> everywhere(Class<T> type, String namespace, String cluster) {
        var kind = (SharedKind<T, ?>)
                Objects.requireNonNull(shared.get(type), () -> "no watch for " + type.getSimpleName());
        return kind.list(new ResourceID(cluster, namespace));
    }

    @SuppressWarnings("unchecked") // the map is filled with pairs of a type and the source of that type
    private static <T extends HasMetadata> Known<Optional<List<T>>> known(
            ForeignKind<?, ?> kind, ResourceID cluster, Map<String, String> labels) {
        return ((ForeignKind<T, ?>) kind).list(cluster, labels);
    }

    static String key(String namespace, String cluster) {
        return namespace + "/" + cluster;
    }

    static boolean carries(HasMetadata object, Map<String, String> labels) {
        var its = object.getMetadata().getLabels();
        return its != null
                && labels.entrySet().stream().allMatch(e -> Objects.equals(its.get(e.getKey()), e.getValue()));
    }

    @SuppressWarnings("unchecked") // the map is filled with pairs of a type and the source of that type
    private <T extends HasMetadata> OwnWrites<T> cache(Class<T> type) {
        return (OwnWrites<T>) Objects.requireNonNull(caches.get(type), () -> "no cache for " + type.getSimpleName());
    }
}
