/** From wanted and observed objects to steps; pure. */
package dev.patronioperator.controller.planning;
