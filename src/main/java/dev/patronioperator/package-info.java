/**
 * A Kubernetes operator for highly available PostgreSQL with Patroni.
 *
 * <p>Start reading at {@code cluster.ClusterPipeline}: observe, render, plan, act, report. {@code docs/architecture.md} has the map.
 */
package dev.patronioperator;
