package dev.patronioperator.settings.value;

/**
 * What becomes of the volumes of a StatefulSet.
 *
 * @param whenDeleted when the StatefulSet is deleted
 * @param whenScaled when it is scaled in, to the volumes of the pods that go
 */
public record ClaimRetention(Policy whenDeleted, Policy whenScaled) {
    /** Keep everything: the default. */
    public static final ClaimRetention RETAIN = new ClaimRetention(Policy.RETAIN, Policy.RETAIN);

    public enum Policy {
        RETAIN,
        DELETE
    }
}
