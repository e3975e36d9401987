package dev.patronioperator.kubernetes;

import java.util.Set;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Under which names fields of objects are owned. */
public final class FieldManagers {

    /** Our own, of the controller of clusters. */
    public static final String OURS = "patroni-operator";

    /** Of the controller of connection poolers: a controller with its own part of a status needs a name of its own. */
    public static final String POOLERS = OURS + "-poolers";

    /** Of the controller of logical backups. */
    public static final String BACKUPS = OURS + "-backups";

    private static final Set<String> ALL_OURS = Set.of(OURS, POOLERS, BACKUPS);

    /** What the peer's client calls itself, so that what it once wrote and nobody wants any more can be recognised. */
    private static final Set<String> PREDECESSORS = Set.of("postgres-operator");

    private FieldManagers() {}

    /** Whether the peer made an object, and none of our controllers has written it since. */
    public static boolean isStillThePeers(HasMetadata object) {
        var entries = object.getMetadata().getManagedFields();
        return entries != null
                && entries.stream().anyMatch(entry -> PREDECESSORS.contains(entry.getManager()))
                && entries.stream().noneMatch(entry -> ALL_OURS.contains(entry.getManager()));
    }

    /** Whether an operator has written an object: one of our controllers, or the peer. */
    public static boolean haveWritten(HasMetadata object) {
        var entries = object.getMetadata().getManagedFields();
        return entries != null && entries.stream().anyMatch(entry -> areOurs(entry.getManager()));
    }

    /** Whether fields of this manager are ours to remove. */
    public static boolean areOurs(String manager) {
        return ALL_OURS.contains(manager) || PREDECESSORS.contains(manager);
    }
}
