/** Reads manifests from files, with all their mistakes at once: file, document, line and field. */
package dev.patronioperator.cli.manifest;
