/**
 * What the clients of other people's HTTP servers have in common: an answer that is read in whole and within bounds, a wait that ends,
 * and words for why nothing came that hold nothing of what was sent. What an answer means is the business of each client. Knows nothing
 * of ours.
 */
package dev.patronioperator.http;
