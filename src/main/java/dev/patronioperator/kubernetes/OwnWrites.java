package dev.patronioperator.kubernetes;

import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/**
 * A cache whose lists hold what the watch has brought, whose {@code get} also knows what we have written since, and which can tell the
 * difference.
 */
interface OwnWrites<T extends HasMetadata> extends IndexedResourceCache<T> {

    /** What we have made or changed in a namespace and the watch had not brought when this was asked. */
    Stream<ResourceID> written(String namespace);
}
