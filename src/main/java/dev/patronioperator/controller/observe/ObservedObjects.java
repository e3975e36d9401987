package dev.patronioperator.controller.observe;

import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.HasMetadata;

import dev.patronioperator.plan.ObjectRef;

/** The objects that matter to a part of a cluster and exist. Complete: if anything could not be read there are none at all. */
public record ObservedObjects(Map<ObjectRef, HasMetadata> objects) {

    public ObservedObjects {
        objects = Map.copyOf(objects);
    }

    public Optional<HasMetadata> find(ObjectRef ref) {
        return Optional.ofNullable(objects.get(ref));
    }

    /** The object of the same kind and name. */
    public Optional<HasMetadata> find(HasMetadata like) {
        return find(ObjectRef.of(like));
    }
}
