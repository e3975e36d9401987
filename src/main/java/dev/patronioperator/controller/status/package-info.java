/** Says how the parts of a cluster are; pure. */
package dev.patronioperator.controller.status;
