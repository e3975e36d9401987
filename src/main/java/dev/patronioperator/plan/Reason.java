package dev.patronioperator.plan;

import java.util.List;
import java.util.Optional;

/**
 * Why a step is in the plan: the field, its old and new value, and where the difference comes from.
 *
 * @param code what kind of reason; events, conditions, metrics and documentation use the same names
 * @param path the field that differs; empty where no field is concerned
 * @param before the value found, shortened; "" if there was none
 * @param after the value wanted, shortened; "" if the field goes
 * @param writers the field managers that wrote the value found, if others than we did
 */
public record Reason(Code code, Optional<FieldPath> path, String before, String after, List<String> writers) {

    private static final int LONGEST_VALUE = 80;

    /** Kinds of reasons. */
    public enum Code {
        /** The object does not exist yet. */
        MISSING,
        /** The accepted manifest asks for another value than the one before it. */
        MANIFEST,
        /** The operator's configuration asks for another value. */
        CONFIGURATION,
        /** This version of the operator renders it differently. */
        OPERATOR_VERSION,
        /** Somebody or something else changed the object. */
        DRIFT,
        /** The operator before this one made it so, and it is left as it is for the time being. */
        ADOPTED,
        /** Nothing asks for the object any more. */
        NOT_WANTED,
        /** The cluster resource is being deleted. */
        CLUSTER_DELETED,
        /** A pod runs an older template than its StatefulSet has. */
        POD_OUTDATED,
        /** PostgreSQL says that a changed parameter needs a restart. */
        PENDING_RESTART,
        /** PostgreSQL refuses the password that the Secret holds. */
        PASSWORD_REFUSED,
        /** Passwords are changed regularly, or are not any more. */
        ROTATION,
        /** Somebody flagged the pod for re-creation. */
        POD_FLAGGED,
        /** The primary has to leave this pod first. */
        PRIMARY_MUST_MOVE,
        /** The node is about to be emptied. */
        NODE_EMPTIED,
        /** Clients of a pooler wait. */
        POOLER_PAUSED,
        /** It was put right before, and differs again although nothing that we go by has changed. */
        FLAPPING,
        /** Somebody else's object has the name. */
        NAME_TAKEN,
        /** The step is refused because it would lose data or is impossible. */
        REFUSED
    }

    public Reason {
        before = shortened(before);
        after = shortened(after);
        writers = List.copyOf(writers);
    }

    public Reason(Code code, Optional<FieldPath> path, String before, String after) {
        this(code, path, before, after, List.of());
    }

    public static Reason of(Code code) {
        return new Reason(code, Optional.empty(), "", "");
    }

    public static Reason of(Code code, String about) {
        return new Reason(code, Optional.empty(), "", about);
    }

    public static Reason of(Code code, FieldDifference difference) {
        return new Reason(
                code, Optional.of(difference.path()), difference.before(), difference.after(), difference.writers());
    }

    private static String shortened(String value) {
        return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE - 1) + "…";
    }

    /**
     * The same difference, which somebody makes again and again.
     *
     * @param lastWriters who did so before, where the difference itself does not tell
     */
    public Reason flapping(List<String> lastWriters) {
        return new Reason(Code.FLAPPING, path, before, after, writers.isEmpty() ? lastWriters : writers);
    }

    @Override
    public String toString() {
        var name = code.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        if (path.isEmpty()) {
            return after.isEmpty() ? name : name + ": " + after;
        }
        return path.get() + ": " + quoted(before) + " -> " + quoted(after) + " (" + name + writtenBy() + ")";
    }

    /** Who wrote a value matters where nobody asked for it. */
    private String writtenBy() {
        return code != Code.DRIFT && code != Code.FLAPPING || writers.isEmpty()
                ? ""
                : ", written by " + String.join(" and ", writers);
    }

    private static String quoted(String value) {
        return value.isEmpty() ? "(none)" : value;
    }
}
