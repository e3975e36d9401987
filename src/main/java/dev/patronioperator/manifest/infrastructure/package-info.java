/** Roles that exist in every cluster: where they are described, and what is read there. */
package dev.patronioperator.manifest.infrastructure;
