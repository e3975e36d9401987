/** The objects of the logical backup, made from its model by pure functions. */
package dev.patronioperator.backup.desired;
