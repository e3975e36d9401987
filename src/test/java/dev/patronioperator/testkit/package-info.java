/** What tests are built with: a real API server, real nodes, an operator that can be killed, and stand-ins for what is not there. */
package dev.patronioperator.testkit;
