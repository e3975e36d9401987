/** Reads Patroni's JSON into {@code patroni.model}, field by field, so that no odd field of a future version spoils the others. */
package dev.patronioperator.patroni.json;
