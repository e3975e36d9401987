package dev.patronioperator.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.HasMetadata;

import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.plan.Known;

/** Reads from a list, as the operator reads from its caches. */
record StoredObjects(List<HasMetadata> objects) implements ObjectReader {

    @Override
    public <T extends HasMetadata> Known<Optional<T>> get(Class<T> type, String namespace, String name) {
        return Known.of(objects.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst());
    }

    @Override
    public <T extends HasMetadata> Known<List<T>> list(Class<T> type, String namespace, Map<String, String> labels) {
        return Known.of(objects.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(object -> object.getMetadata().getLabels() != null
                        && object.getMetadata().getLabels().entrySet().containsAll(labels.entrySet()))
                .toList());
    }
}
