/** What Patroni says, as immutable values. Pure: no client, no clock, no CDI. */
package dev.patronioperator.patroni.model;
