package dev.patronioperator.kubernetes;

import java.util.function.Consumer;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;

/** Tells of every object that appears, changes or goes. */
record Waking(Consumer<HasMetadata> wake) implements ResourceEventHandler<HasMetadata> {

    @Override
    public void onAdd(HasMetadata object) {
        wake.accept(object);
    }

    @Override
    public void onUpdate(HasMetadata before, HasMetadata now) {
        wake.accept(now);
    }

    @Override
    public void onDelete(HasMetadata object, boolean unknownFinalState) {
        wake.accept(object);
    }
}
