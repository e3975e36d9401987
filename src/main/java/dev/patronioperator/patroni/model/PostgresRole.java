package dev.patronioperator.patroni.model;

/** Role of the PostgreSQL server that a member looks after, as {@code GET /patroni} and the Pod annotation name it. */
public enum PostgresRole {
    /** Takes writes. Called {@code master} before Patroni 4. */
    PRIMARY,
    STANDBY_LEADER,
    REPLICA,
    /** Was primary and is being turned into a replica. */
    DEMOTED,
    /** Is being made primary. */
    PROMOTED,
    /** Has no data yet. */
    UNINITIALIZED,
    /** A role this version of the operator does not know. Never chosen for anything. */
    OTHER;

    public static PostgresRole of(String text) {
        return switch (text) {
            case "primary", "master" -> PRIMARY;
            case "standby_leader" -> STANDBY_LEADER;
            case "replica" -> REPLICA;
            case "demoted" -> DEMOTED;
            case "promoted" -> PROMOTED;
            case "uninitialized" -> UNINITIALIZED;
            default -> OTHER;
        };
    }
}
