/** The Teams API over HTTP. */
package dev.patronioperator.teams.http;
