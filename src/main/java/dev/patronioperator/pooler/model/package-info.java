/** The connection poolers of a cluster, read from manifest and settings. */
package dev.patronioperator.pooler.model;
