package dev.patronioperator.kubernetes.naming;

import java.util.Locale;

/** The objects in which Patroni keeps its state when Kubernetes is its DCS. Patroni makes them; we read, mark and at last delete them. */
public enum PatroniObject {
    /** Who holds the leader lock. With Endpoints as DCS this is the primary Service's own Endpoints object instead. */
    LEADER,
    /** Dynamic configuration, history, and the key that says the cluster was initialised. */
    CONFIG,
    /** A switchover or failover that was asked for. */
    FAILOVER,
    /** Which members replicate synchronously. */
    SYNC;

    String suffix() {
        return "-" + name().toLowerCase(Locale.ROOT);
    }
}
