package dev.patronioperator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Tells people what happened, at the object that it happened to. */
public interface Events {

    /** How an event is meant. */
    enum Type {
        NORMAL("Normal"),
        WARNING("Warning");

        private final String value;

        Type(String value) {
            this.value = value;
        }

        public String value() {
            return value;
        }
    }

    /**
     * Something worth saying once.
     *
     * @param type normal or warning
     * @param reason one word in upper camel case, from an enum of the caller
     * @param action what the operator was doing: {@code Reconcile}, {@code Rollout}
     * @param note for people, with the next action where there is one; never a secret
     * @param occasion what tells two events of the same reason apart, such as a generation; the same occasion is said once, however
     *     often and by however many operators it is recorded
     */
    record Announcement(Type type, String reason, String action, String note, String occasion) {}

    void record(HasMetadata regarding, Announcement announcement);
}
