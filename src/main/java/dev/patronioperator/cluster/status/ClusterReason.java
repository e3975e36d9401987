package dev.patronioperator.cluster.status;

/** Reasons of conditions and events of a cluster. Reasons of trouble with instances are {@link Trouble.Kind}. */
public enum ClusterReason {
    /** The primary takes writes. */
    PRIMARY_WRITABLE("PrimaryWritable"),
    /** Roles or databases are not as the manifest says. */
    DATABASE_DIFFERS("DatabaseDiffers"),
    /** PostgreSQL did not answer the operator. */
    DATABASE_SILENT("DatabaseSilent"),
    /** The standby cluster follows its source. */
    STANDBY_FOLLOWS("StandbyFollows"),
    /** The first primary has not come up yet. */
    CREATING("Creating"),
    /** There was a primary, and there is none now. */
    NO_PRIMARY("NoPrimary"),
    /** The manifest asks for no instances. */
    STOPPED("Stopped"),
    /** Everything is as the manifest says. */
    SETTLED("Settled"),
    /** Steps are being carried out. */
    APPLYING("Applying"),
    /** A step waits for something. */
    WAITING("Waiting"),
    /** The manifest is valid. */
    ACCEPTED("Accepted"),
    /** The manifest uses fields that have a successor. */
    SUCCESSOR_EXISTS("SuccessorExists"),
    /** The manifest has problems. */
    INVALID("Invalid"),
    /** A step failed; it is tried again. */
    STEP_FAILED("StepFailed"),
    /** The operator's work on the cluster ended in an exception that nobody expected; it is tried again. */
    INTERNAL_ERROR("InternalError"),
    /** Fewer instances are up than the manifest asks for. */
    INSTANCES_MISSING("InstancesMissing"),
    /** A step that the manifest asks for is refused. */
    STEP_REFUSED("StepRefused"),
    /** Somebody else's object has a name that the cluster needs. */
    NAME_TAKEN("NameTaken"),
    /** Somebody changes the pod template, or what becomes of it, again and again; nothing is restarted. */
    FLAPPING_FIELD("FlappingField"),
    /** All teams were heard of. */
    TEAMS_HEARD("TeamsHeard"),
    /** Of some teams nobody tells who is in them. */
    TEAMS_SILENT("TeamsSilent"),
    /** Nothing is wrong. */
    HEALTHY("Healthy"),
    /** Facts could not be read; nothing is done. */
    UNKNOWN("Unknown"),
    /** The cluster is being deleted. */
    DELETING("Deleting"),
    /** The cluster resource was deleted without the annotations that allow it; everything was kept. */
    DELETION_NOT_ALLOWED("DeletionNotAllowed");

    private final String value;

    ClusterReason(String value) {
        this.value = value;
    }

    public String value() {
        return value;
    }
}
