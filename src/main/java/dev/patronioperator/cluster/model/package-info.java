/**
 * The manifest of a cluster and the settings, read together once: defaults filled in, limits applied, legacy spellings translated, nothing null. What is rendered,
 * planned and asked of Patroni comes from here and never from the manifest itself.
 */
package dev.patronioperator.cluster.model;
