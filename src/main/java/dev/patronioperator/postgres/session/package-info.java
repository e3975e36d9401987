/** Talking to a PostgreSQL server. The only effects on databases are here. */
package dev.patronioperator.postgres.session;
