package dev.patronioperator.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.HasMetadata;

import dev.patronioperator.plan.Known;

/** Reads objects, from caches or from the API server. A read that fails is unknown, not absent. Never writes. */
public interface ObjectReader {

    /** The object of this name, or empty if it is known not to exist. */
    <T extends HasMetadata> Known<Optional<T>> get(Class<T> type, String namespace, String name);

    /**
     * A reader for objects that belong to no cluster, such as those that the configuration names.
     *
     * @param namespace of the cluster that reads
     * @param cluster its name; a controller looks at it again when something changes that was read for it
     */
    default ObjectReader ofOthers(String namespace, String cluster) {
        return this;
    }

    /** A reader that asks the API server itself: for objects that caches leave out, such as those without our labels. */
    default ObjectReader uncached() {
        return this;
    }

    /**
     * All objects of a kind that counts for many clusters, in all namespaces that are watched.
     *
     * @param namespace of the cluster that reads
     * @param cluster its name; a controller looks at it again when something changes that concerns it
     */
    default <T extends HasMetadata> Known<List<T>> everywhere(Class<T> type, String namespace, String cluster) {
        return Known.unknown("nobody has read " + HasMetadata.getPlural(type));
    }

    /** The objects that carry all these labels. */
    <T extends HasMetadata> Known<List<T>> list(Class<T> type, String namespace, Map<String, String> labels);

    /** The same for a kind that another program defines, perhaps never; empty if it is known that nobody has. */
    default <T extends HasMetadata> Known<Optional<List<T>>> listIfDefined(
            Class<T> type, String namespace, Map<String, String> labels) {
        return list(type, namespace, labels).map(Optional::of);
    }
}
