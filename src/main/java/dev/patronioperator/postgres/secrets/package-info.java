/** Passwords as PostgreSQL keeps them. Pure: no server is asked. */
package dev.patronioperator.postgres.secrets;
