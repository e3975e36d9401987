/**
 * What the controllers of clusters, of their poolers and of their backups share: how an object is found, compared and written, which
 * manifest is in force, and how all that becomes a reconcile.
 *
 * <p>A cluster is more than objects. Its poolers and its backup are not: each is a {@link dev.patronioperator.controller.ClusterPart},
 * and {@link dev.patronioperator.controller.PartPipeline} looks after it.
 */
package dev.patronioperator.controller;
