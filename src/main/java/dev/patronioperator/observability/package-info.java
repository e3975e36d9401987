/** What the operator tells monitoring about itself: metrics and health. Knows the other packages' results, decides nothing. */
package dev.patronioperator.observability;
