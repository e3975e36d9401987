package dev.patronioperator.cluster.model;

/** Where a role comes from. Of two with one name the later origin counts. */
public enum RoleOrigin {
    MANIFEST,
    INFRASTRUCTURE,
    TEAM,
    /** Made by Patroni: superuser and replication. */
    SYSTEM,
    PREPARED_DATABASE,
    POOLER,
    STREAM;

    /** Whether a manifest names it, itself or by its prepared databases. */
    boolean isOfManifest() {
        return this == MANIFEST || this == PREPARED_DATABASE;
    }
}
