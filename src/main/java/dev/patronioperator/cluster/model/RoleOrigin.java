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
    STREAM
}
