/**
 * The command line. One program in several roles: {@code operator} runs the controllers, the other commands only look. Planning itself
 * is elsewhere: commands know the port {@link dev.patronioperator.cli.Planning}. Start reading at {@link dev.patronioperator.cli.Main}.
 */
package dev.patronioperator.cli;
