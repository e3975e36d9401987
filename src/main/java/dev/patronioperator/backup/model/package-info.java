/** The logical backup of a cluster, read from manifest and settings. */
package dev.patronioperator.backup.model;
