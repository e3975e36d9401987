/** Values that a parameter may have and the JDK has no type for. */
package dev.patronioperator.settings.value;
