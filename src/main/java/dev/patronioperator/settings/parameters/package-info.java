/** The catalogue: one class for each configuration group, one constant for each parameter. Reference, CRD and decoders are made from it. */
package dev.patronioperator.settings.parameters;
