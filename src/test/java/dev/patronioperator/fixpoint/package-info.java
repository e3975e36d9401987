/** A second look changes nothing, whatever others add to our objects; and whatever they change of what is ours is found and mended. */
package dev.patronioperator.fixpoint;
