package dev.patronioperator.kubernetes;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;

import dev.patronioperator.plan.Step;

/**
 * Writes objects. All writes of owned objects go through here, under one field manager.
 *
 * <p>Callers compare first and write only what differs: a write that changes nothing still costs a request.
 */
public interface Applier {

    /** Server-side apply: the given fields become ours and get the given values; other fields stay as they are. */
    <T extends HasMetadata> T apply(T desired);

    /**
     * Gives an object the wanted fields and takes others away, also such as {@link #apply} would leave because others hold them too.
     * Nothing is written if the object has changed since it was read.
     *
     * @param found the object as it was read
     * @param step what is wanted, and what has to go
     */
    void repair(HasMetadata found, Step.Apply step);

    /**
     * Creates an object.
     *
     * @return false if there already is one of this name, which is left as it is
     */
    boolean create(HasMetadata object);

    /** Changes an object that others own: only what the change changes is sent, and nothing of it becomes ours. */
    <T extends HasMetadata> void edit(T found, UnaryOperator<T> change);

    /**
     * Changes values of a Secret, all of them or none; what was given becomes nobody's in particular.
     *
     * @param found the Secret as it was read
     * @param values base64 by data key; nothing for a value takes the key away
     * @return false if the Secret has changed since it was read; it is left as it is
     */
    boolean editData(Secret found, Map<String, Optional<String>> values);
}
