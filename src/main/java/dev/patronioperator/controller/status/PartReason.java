package dev.patronioperator.controller.status;

/** Reasons of the conditions of a cluster's parts. */
public enum PartReason {
    /** Everything is as the manifest says and works, as far as Kubernetes knows. */
    READY("Ready"),
    /** Pods are on their way. */
    ROLLING_OUT("RollingOut"),
    /** Kubernetes gave up waiting for pods, or could not make them. */
    PODS_FAILING("PodsFailing"),
    /** Backups are due at the times of the schedule. */
    SCHEDULED("Scheduled"),
    /** Somebody has suspended the CronJob. */
    SUSPENDED("Suspended"),
    /** Steps are being carried out. */
    APPLYING("Applying"),
    /** Something that the part needs is not there yet. */
    WAITING("Waiting"),
    /** A name that the part needs is taken by somebody else's object. */
    NAME_TAKEN("NameTaken"),
    /** Somebody changes the pods again and again; nothing is put back any more. */
    FLAPPING_FIELD("FlappingField"),
    /** A step failed; it is tried again. */
    STEP_FAILED("StepFailed"),
    /** Facts could not be read; nothing is done. */
    UNKNOWN("Unknown");

    private final String value;

    PartReason(String value) {
        this.value = value;
    }

    public String value() {
        return value;
    }

    /** Whether a person should look. */
    public boolean isTrouble() {
        return switch (this) {
            case PODS_FAILING, SUSPENDED, NAME_TAKEN, FLAPPING_FIELD, STEP_FAILED -> true;
            case READY, ROLLING_OUT, SCHEDULED, APPLYING, WAITING, UNKNOWN -> false;
        };
    }

    /** The reason of that name. */
    public static java.util.Optional<PartReason> of(String value) {
        return java.util.Arrays.stream(values())
                .filter(reason -> reason.value.equals(value))
                .findFirst();
    }
}
