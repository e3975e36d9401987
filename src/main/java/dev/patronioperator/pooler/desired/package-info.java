/** The objects of connection poolers, made from their model by pure functions. */
package dev.patronioperator.pooler.desired;
