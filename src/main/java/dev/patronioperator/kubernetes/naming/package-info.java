/**
 * What the objects of a cluster are called and how they are marked: names, labels, annotations.
 *
 * <p>All of it is a contract. Other programs find these objects by name and label (Patroni, Spilo's scripts, external-dns, users' Deployments that mount the
 * Secrets), and a fleet that was run by the Zalando operator keeps its objects only if we look for them under the same names.
 */
package dev.patronioperator.kubernetes.naming;
