/**
 * Decides what to do about a cluster. Pure: from the wanted objects and the observed facts to a plan with reasons. Start at {@code
 * ClusterPlanner}.
 */
package dev.patronioperator.cluster.planning;
