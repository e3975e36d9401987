/** How plans and explanations look: text for people, JSON and YAML for programs, objects for {@code kubectl apply}. */
package dev.patronioperator.cli.output;
