package dev.patronioperator.cluster.status;

/**
 * Something that keeps an instance from coming up, said so that a person can act on it.
 *
 * @param kind what sort of trouble, for conditions, events and metrics
 * @param object kind and name of the object that has it: {@code Pod orders-1}
 * @param cause what is wrong, in the words of who noticed
 * @param nextAction what a person can do
 */
public record Trouble(Kind kind, String object, String cause, String nextAction) {

    /** Sorts of trouble, the most telling first: the first one of a cluster becomes the reason of its conditions. */
    public enum Kind {
        CLAIM_NOT_BOUND("ClaimNotBound"),
        POD_UNSCHEDULABLE("PodUnschedulable"),
        IMAGE_NOT_PULLED("ImageNotPulled"),
        CONTAINER_CONFIGURATION("ContainerConfiguration"),
        CONTAINER_CRASHING("ContainerCrashing"),
        MEMBER_NOT_STARTING("MemberNotStarting"),
        PODS_NOT_CREATED("PodsNotCreated");

        private final String reason;

        Kind(String reason) {
            this.reason = reason;
        }

        /** As a reason of conditions and events. */
        public String reason() {
            return reason;
        }
    }

    public String message() {
        return object + ": " + cause + ". " + nextAction;
    }
}
