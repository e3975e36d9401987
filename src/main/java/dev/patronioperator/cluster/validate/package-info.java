/**
 * Says what is wrong with a manifest, all of it at once, before anything is done with it. Knows the manifest and the operator
 * configuration and nothing of the cluster; what depends on what runs (shrinking a volume, lowering a version) is the planner's.
 *
 * <p>The API server refuses most of this earlier. It is judged here again for manifests that were stored under another definition and
 * for those that never met an API server. A manifest that the Zalando operator can run has no problem.
 *
 * <p>Pure. Start reading at {@link dev.patronioperator.cluster.validate.SpecChecks}; a new concern is a new {@code *Check} there.
 */
package dev.patronioperator.cluster.validate;
