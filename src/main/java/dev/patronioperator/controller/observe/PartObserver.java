package dev.patronioperator.controller.observe;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.HasMetadata;

import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.ObjectRef;

/** Finds the objects of a part of a cluster. */
public final class PartObserver {

    private PartObserver() {}

    /**
     * Where a part's objects are found.
     *
     * @param labels that all of them carry
     * @param kinds of which they are
     */
    public record Scope(String namespace, Map<String, String> labels, List<Class<? extends HasMetadata>> kinds) {}

    /**
     * Reads what carries the labels, and what is wanted under its name: an object of somebody else, which the caches leave out, may have
     * taken it. That costs a request only while something is missing.
     */
    public static Known<ObservedObjects> observe(Scope scope, List<HasMetadata> wanted, ObjectReader reader) {
        var reading = new Reading();
        var objects = new HashMap<ObjectRef, HasMetadata>();
        scope.kinds().stream()
                .flatMap(kind -> reading.list(reader, kind, scope.namespace(), scope.labels()).stream())
                .forEach(object -> objects.put(ObjectRef.of(object), object));
        wanted.stream()
                .filter(object -> !objects.containsKey(ObjectRef.of(object)))
                .flatMap(object -> reading.get(reader.uncached(), object).stream())
                .forEach(object -> objects.put(ObjectRef.of(object), object));
        return reading.result(() -> new ObservedObjects(objects));
    }
}
