/** Finds objects. Reads only; what cannot be read is unknown, never absent. */
package dev.patronioperator.controller.observe;
