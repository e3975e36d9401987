/** What we know of PostgreSQL's parameters. Pure; knows neither Kubernetes nor Patroni. */
package dev.patronioperator.postgres.parameters;
