/**
 * What we know of Kubernetes and nothing of PostgreSQL: reading and writing objects, events, conditions, names.
 *
 * <p>Only {@link dev.patronioperator.kubernetes.Applier}, {@link dev.patronioperator.kubernetes.Deleter} and {@link
 * dev.patronioperator.kubernetes.Events} write.
 */
package dev.patronioperator.kubernetes;
