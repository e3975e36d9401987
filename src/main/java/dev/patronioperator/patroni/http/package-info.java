/** Calls Patroni's REST API. Everything that can go wrong on the way becomes an {@link dev.patronioperator.patroni.Answer}. */
package dev.patronioperator.patroni.http;
