package dev.patronioperator.plan;

import java.util.Collection;
import java.util.Comparator;

/**
 * What carrying out a step costs the users of the database, from nothing to not allowed. The order is the meaning: the impact of a
 * plan is the greatest of its steps.
 */
public enum Impact {
    /** Nobody notices: an object is made or relabelled, a role granted. */
    NONE,
    /** PostgreSQL re-reads its configuration; connections stay. */
    RELOAD,
    /** PostgreSQL restarts inside a pod that stays. */
    RESTART,
    /** A pod is deleted and made again. */
    RECREATE,
    /** The primary moves to another member; writes pause for moments. */
    SWITCHOVER,
    /** The database is not writable until the step has finished. */
    OUTAGE,
    /** Never carried out; only said, with the reason. */
    FORBIDDEN;

    /** Whether somebody may notice; such steps wait for each other and for guards. */
    public boolean isDisruptive() {
        return compareTo(RESTART) >= 0;
    }

    /** The greater of this and another one. */
    public Impact or(Impact other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** The greatest of some impacts, {@link #NONE} of none. */
    public static Impact max(Collection<Impact> impacts) {
        return impacts.stream().max(Comparator.naturalOrder()).orElse(NONE);
    }
}
