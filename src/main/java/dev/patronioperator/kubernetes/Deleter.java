package dev.patronioperator.kubernetes;

import dev.patronioperator.plan.ObjectRef;

/** Deletes exactly the object that was looked at: the uid is a precondition, so that a namesake made since is not hit. */
public interface Deleter {

    /** What becomes of the objects that the deleted one owns. */
    enum Dependents {
        /** They are deleted too, later. */
        DELETED,
        /** They stay, without an owner. */
        ORPHANED
    }

    /**
     * Asks for the deletion; finalizers and grace periods may delay it.
     *
     * @return false if there is no such object any more
     */
    boolean delete(ObjectRef object, String uid, Dependents dependents);
}
