/** Carries out the steps that all controllers have. */
package dev.patronioperator.controller.execute;
