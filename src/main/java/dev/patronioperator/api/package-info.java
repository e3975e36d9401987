/**
 * The custom resources as Java values: {@link dev.patronioperator.api.Postgresql}, {@link dev.patronioperator.api.PostgresTeam} and
 * {@link dev.patronioperator.api.FabricEventStream}. The CRDs and {@code docs/reference} are generated from these types, so a
 * description, a pattern or a rule is written here and nowhere else.
 *
 * <p>A record mirrors the document as it was written: a component is {@code null} when the field is absent, nothing is defaulted and
 * nothing is judged here. Reading never fails on a field we do not know, because one unreadable object would stop the watch of all.
 * Imports Jackson, the CRD annotations and the Kubernetes model of fabric8, nothing of ours.
 */
package dev.patronioperator.api;
