/**
 * Databases and what a prepared database holds: how they should be, how they are, and the statements between the two. Nothing is ever
 * dropped.
 */
package dev.patronioperator.postgres.databases;
