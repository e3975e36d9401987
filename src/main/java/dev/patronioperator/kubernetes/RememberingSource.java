package dev.patronioperator.kubernetes;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;

/** The framework's source of objects and events, which can also tell what of its temporary cache of our writes the watch has not brought yet. */
final class RememberingSource<T extends HasMetadata, P extends HasMetadata> extends InformerEventSource<T, P>
        implements OwnWrites<T> {

    private final Set<ResourceID> written = ConcurrentHashMap.newKeySet();

    RememberingSource(InformerEventSourceConfiguration<T> configuration, EventSourceContext<P> context) {
        super(configuration, context);
    }

    /** Called by the framework after each of our writes, also after those that make something. */
    @Override
    public void handleRecentResourceUpdate(ResourceID id, T now, T before) {
        super.handleRecentResourceUpdate(id, now, before);
        if (isAhead(id)) {
            written.add(id);
        }
    }

    @Override
    public Stream<ResourceID> written(String namespace) {
        written.removeIf(id -> !isAhead(id));
        return written.stream()
                .filter(id -> id.getNamespace().filter(namespace::equals).isPresent());
    }

    /** The framework drops what the watch has brought, or what has gone without it. */
    private boolean isAhead(ResourceID id) {
        return temporaryResourceCache.getResourceFromCache(id).isPresent();
    }
}
