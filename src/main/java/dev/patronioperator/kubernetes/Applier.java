package dev.patronioperator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * Writes objects. All writes of owned objects go through here, under one field manager.
 *
 * <p>Callers compare first and write only what differs: a write that changes nothing still costs a request.
 */
public interface Applier {

    /** Server-side apply: the given fields become ours and get the given values; other fields stay as they are. */
    <T extends HasMetadata> T apply(T desired);

    /**
     * Creates an object.
     *
     * @return false if there already is one of this name, which is left as it is
     */
    boolean create(HasMetadata object);
}
