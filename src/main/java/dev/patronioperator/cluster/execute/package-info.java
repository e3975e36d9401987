/** Carries steps of a plan out: the only part of the cluster controller that acts. Start at {@code ClusterEffects}. */
package dev.patronioperator.cluster.execute;
