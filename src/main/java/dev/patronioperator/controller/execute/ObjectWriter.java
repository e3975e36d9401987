package dev.patronioperator.controller.execute;

import java.util.Optional;

import io.fabric8.kubernetes.api.model.HasMetadata;

import dev.patronioperator.kubernetes.Applier;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.Step;

/** How every controller brings an object to what it should be. */
public final class ObjectWriter {

    private final Applier applier;

    public ObjectWriter(Applier applier) {
        this.applier = applier;
    }

    /**
     * What others hold is taken away first; the object is valid before and after it.
     *
     * @param found the object as it was read
     */
    public Outcome apply(Step.Apply step, Optional<HasMetadata> found) {
        if (!step.removed().isEmpty()) {
            found.ifPresent(object -> applier.repair(object, step));
        }
        applier.apply(step.desired());
        return new Outcome.Done();
    }
}
