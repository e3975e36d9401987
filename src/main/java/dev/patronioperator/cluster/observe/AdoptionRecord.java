package dev.patronioperator.cluster.observe;

import java.util.Optional;

import io.fabric8.kubernetes.api.model.apps.ControllerRevision;

import dev.patronioperator.plan.Held;

/**
 * What is known of the time when another operator looked after a cluster.
 *
 * @param isNew whether nothing was ever recorded of this resource: what runs under its name was made by somebody else
 * @param revision where it is recorded what was left as it was
 * @param held what that is
 */
public record AdoptionRecord(boolean isNew, Optional<ControllerRevision> revision, Held held) {

    /** The records cannot be read: what disturbs somebody waits until it is known whether it was left on purpose. */
    public static final AdoptionRecord UNKNOWN = new AdoptionRecord(true, Optional.empty(), Held.NOTHING);
}
