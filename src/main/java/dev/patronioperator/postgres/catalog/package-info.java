/** Reads the system catalogues of a server into values, in one question for each kind of thing, whatever their number. */
package dev.patronioperator.postgres.catalog;
