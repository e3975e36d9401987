/** Gathers the facts about a cluster. Reads only; what cannot be read is unknown, never absent. Start at {@code ClusterObserver}. */
package dev.patronioperator.cluster.observe;
