/** Says how the poolers of a cluster are; pure. */
package dev.patronioperator.pooler.status;
