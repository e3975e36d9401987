package dev.patronioperator.kubernetes;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;

/**
 * The watches of one controller: one informer per kind, which both wakes the controller and is the cache that it reads. Only labelled
 * objects are watched, so that a namespace full of other people's pods costs no memory.
 *
 * @param <P> the primary resource of the controller
 */
public final class Watches<P extends HasMetadata> {

    private final EventSourceContext<P> context;
    private final Class<P> primary;
    private final String clusterLabel;
    private final Predicate<P> ours;
    private final Map<Class<? extends HasMetadata>, RememberingSource<?, P>> sources = new HashMap<>();
    private final Map<Class<? extends HasMetadata>, ForeignKind<?, P>> foreign = new HashMap<>();
    private final Map<Class<? extends HasMetadata>, SharedKind<?, P>> shared = new HashMap<>();
    private final NamedObjects<P> others;

    /**
     * @param clusterLabel the label whose value is the name of the cluster that an object belongs to
     * @param ours which primary resources this operator looks after; the objects of others wake nobody
     */
    public Watches(EventSourceContext<P> context, Class<P> primary, String clusterLabel, Predicate<P> ours) {
        this.context = context;
        this.primary = primary;
        this.clusterLabel = clusterLabel;
        this.ours = ours;
        this.others = new NamedObjects<>(
                context.getClient(),
                context.getControllerConfiguration().getInformerConfig().watchAllNamespaces());
    }

    /** Watches the objects with these labels; changes wake the cluster that the label names, in the same namespace. */
    public <T extends HasMetadata> Watches<P> labelled(Class<T> type, String selector, OnUpdateFilter<T> worthWaking) {
        return watch(type, builder -> builder.withLabelSelector(selector)
                .withOnUpdateFilter(worthWaking)
                .withSecondaryToPrimaryMapper(object -> oursOf(object, clusterLabel)));
    }

    /** The same, woken by any change at all. */
    public <T extends HasMetadata> Watches<P> labelled(Class<T> type, String selector) {
        return labelled(
                type,
                selector,
                (now, before) -> !Objects.equals(
                        now.getMetadata().getResourceVersion(),
                        before.getMetadata().getResourceVersion()));
    }

    /** Watches the objects that carry a label of our own, whose value is the cluster's name. */
    public <T extends HasMetadata> Watches<P> marked(Class<T> type, String label) {
        return watch(type, builder -> builder.withLabelSelector(label)
                .withSecondaryToPrimaryMapper(object -> oursOf(object, label)));
    }

    /** Watches the one object of this name in each namespace; a change wakes all clusters there. */
    public <T extends HasMetadata> Watches<P> named(Class<T> type, String name) {
        return watch(type, builder -> builder.withFieldSelector(
                        new io.javaoperatorsdk.operator.api.config.informer.FieldSelector(
                                new io.javaoperatorsdk.operator.api.config.informer.FieldSelector.Field(
                                        "metadata.name", name)))
                .withSecondaryToPrimaryMapper(this::allOfItsNamespace));
    }

    /** The same for a kind that another program defines, perhaps never; while it is not defined, what there is of it is unknown. */
    public <T extends HasMetadata> Watches<P> foreign(Class<T> type, String selector) {
        foreign.put(
                type,
                new ForeignKind<>(context.getClient(), type, selector, others, object -> oursOf(object, clusterLabel)));
        return this;
    }

    /** Whether a change of objects is of interest to a primary resource. */
    public interface Concerns<T, P> {
        /**
         * @param changed an object that was made or removed, or an object before and after its change
         * @param all those that there are now
         */
        boolean test(P primary, Collection<T> changed, Collection<T> all);
    }

    /**
     * Watches all objects of a kind that belongs to no cluster, while it is defined.
     *
     * @param namespaces where; an empty name stands for everywhere
     * @param concerns whom a change wakes
     */
    public <T extends HasMetadata> Watches<P> shared(
            Class<T> type, Supplier<Set<String>> namespaces, Concerns<T, P> concerns) {
        shared.put(
                type,
                new SharedKind<>(
                        context.getClient(), type, namespaces, others, (changed, all) -> context.getPrimaryCache()
                                .list(ours)
                                .filter(primary -> concerns.test(primary, changed, all))
                                .map(ResourceID::fromResource)
                                .collect(java.util.stream.Collectors.toSet())));
        return this;
    }

    public ObjectReader reader() {
        return new CacheReader(sources, clusterLabel, foreign, shared, others, new ClientReader(context.getClient()));
    }

    public List<EventSource<?, P>> sources() {
        return Stream.<Stream<? extends EventSource<?, P>>>of(
                        sources.values().stream(),
                        foreign.values().stream(),
                        shared.values().stream(),
                        Stream.of(others))
                .<EventSource<?, P>>flatMap(each -> each)
                .toList();
    }

    private <T extends HasMetadata> Watches<P> watch(
            Class<T> type,
            Function<InformerEventSourceConfiguration.Builder<T>, InformerEventSourceConfiguration.Builder<T>>
                    details) {
        var configuration = details.apply(InformerEventSourceConfiguration.from(type, primary)
                        .withName(type.getSimpleName())
                        .withNamespacesInheritedFromController())
                .build();
        var source = new RememberingSource<T, P>(configuration, context);
        source.addIndexers(Map.of(CacheReader.BY_CLUSTER, object -> index(object)));
        sources.put(type, source);
        return this;
    }

    private List<String> index(HasMetadata object) {
        return clusterOf(object, clusterLabel).stream()
                .map(id -> CacheReader.key(id.getNamespace().orElse(""), id.getName()))
                .toList();
    }

    /** A resource that is not seen yet is asked for nothing, and looked at when it is seen. */
    private Set<ResourceID> oursOf(HasMetadata object, String label) {
        return clusterOf(object, label).stream()
                .filter(id -> context.getPrimaryCache().get(id).filter(ours).isPresent())
                .collect(java.util.stream.Collectors.toSet());
    }

    private static Set<ResourceID> clusterOf(HasMetadata object, String label) {
        var labels = object.getMetadata().getLabels();
        var cluster = labels == null ? null : labels.get(label);
        return cluster == null
                ? Set.of()
                : Set.of(new ResourceID(cluster, object.getMetadata().getNamespace()));
    }

    private Set<ResourceID> allOfItsNamespace(HasMetadata object) {
        return context.getPrimaryCache()
                .list(object.getMetadata().getNamespace(), ours)
                .map(ResourceID::fromResource)
                .collect(java.util.stream.Collectors.toSet());
    }
}
