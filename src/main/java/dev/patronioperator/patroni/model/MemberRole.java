package dev.patronioperator.patroni.model;

/** Role of a member in the cluster, as {@code GET /cluster} names it. */
public enum MemberRole {
    /** Holds the leader key and takes writes. */
    LEADER("leader"),
    /** Holds the leader key of a cluster that follows another one; takes no writes. */
    STANDBY_LEADER("standby_leader"),
    /** Replica that a commit waits for. */
    SYNC_STANDBY("sync_standby"),
    /** Replica of which a quorum is waited for at commit. */
    QUORUM_STANDBY("quorum_standby"),
    /** Replica that no commit waits for. */
    REPLICA("replica"),
    /** A role this version of the operator does not know. Never chosen for anything. */
    OTHER("");

    private final String text;

    MemberRole(String text) {
        this.text = text;
    }

    public static MemberRole of(String text) {
        for (var role : values()) {
            if (role != OTHER && role.text.equals(text)) {
                return role;
            }
        }
        return OTHER;
    }

    /** Whether a member of this role holds the leader key. */
    public boolean leads() {
        return this == LEADER || this == STANDBY_LEADER;
    }

    /** Whether a commit may wait for a member of this role, so that it has every acknowledged transaction. */
    public boolean isSynchronous() {
        return this == SYNC_STANDBY || this == QUORUM_STANDBY;
    }
}
