/**
 * Knowledge about Patroni: its REST API, the annotation it keeps on its Pod, the objects it keeps as its DCS. Knows nothing of our
 * own resources and imports neither fabric8 nor JOSDK.
 *
 * <p>Start reading at {@link dev.patronioperator.patroni.PatroniClient}; {@code model} holds what Patroni says as values, {@code json}
 * reads it, {@code http} is the only place that talks.
 */
package dev.patronioperator.patroni;
