/** From a ConfigMap or an OperatorConfiguration to {@link dev.patronioperator.settings.Settings}, with all problems at once. */
package dev.patronioperator.settings.decoding;
