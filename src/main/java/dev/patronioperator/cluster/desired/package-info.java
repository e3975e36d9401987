/**
 * The objects of a cluster, made from its model: pure functions, one class for each kind of object, the pod template split by concern.
 *
 * <p>The pod template is a promise. For a cluster that the Zalando operator runs ours must mean the same, or every pod of a fleet would be replaced on the day it is
 * taken over; so order, spelling and even some oddities are kept, and the golden cases hold us to it. Where we would do better, docs/compatibility.md says so.
 */
package dev.patronioperator.cluster.desired;
