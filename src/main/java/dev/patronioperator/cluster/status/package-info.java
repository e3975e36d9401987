/** Says how a cluster is and why. Pure. Start at {@code ClusterStatusBuilder}. */
package dev.patronioperator.cluster.status;
