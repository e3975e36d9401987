package dev.patronioperator.cluster;

import dev.patronioperator.api.Postgresql;

/**
 * What keeps a cluster resource from vanishing before its objects are cleaned up.
 *
 * <p>The peer's own name has no domain and path, which the client refuses to set; Kubernetes takes it, and the peer sets it with {@code
 * enable_finalizers}. It is left where it is as long as the cluster lives, so that the peer finds it again, and goes with ours: a
 * resource that was the peer's once is never left waiting for an operator that is not there any more.
 */
final class ClusterFinalizers {

    /** Always set, so that a deletion is never missed. */
    static final String OURS = "patroni-operator.dev/cleanup";

    static final String PEERS = "postgres-operator.acid.zalan.do";

    private ClusterFinalizers() {}

    /** Whether a deletion waits for the peer, which is not there any more, and was begun before our finalizer could be set. */
    static boolean isHeldByThePeerAlone(Postgresql cluster) {
        return cluster.isMarkedForDeletion() && cluster.hasFinalizer(PEERS) && !cluster.hasFinalizer(OURS);
    }
}
