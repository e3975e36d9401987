/**
 * The shared spec-diffing service: what differs, what it costs, in which order it is done and why.
 *
 * <p>Pure: imports Kubernetes model classes, but no client, no CDI, no JOSDK and no clock. Start reading at {@link
 * dev.patronioperator.plan.Plan}, then {@link dev.patronioperator.plan.SpecDiffer}, which finds differences, and {@link
 * dev.patronioperator.plan.PlanExecutor}, which carries a plan out through a port.
 */
package dev.patronioperator.plan;
