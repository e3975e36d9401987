/**
 * Rules that read one thing out of a manifest and the settings, wherever it is needed: who a cluster is, what a container may use, where pods may run, how a
 * Service is exposed. The cluster, its poolers and its logical backup are rendered by packages that do not know each other; what they have in common is here.
 *
 * <p>Everything is a pure function. A manifest that came here has been checked; what a check would have refused is taken for unset, never thrown back.
 */
package dev.patronioperator.manifest;
