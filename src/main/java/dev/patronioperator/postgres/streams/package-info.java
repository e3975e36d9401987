/** Publications of event streams: how they should be, how they are, and the statements between the two. */
package dev.patronioperator.postgres.streams;
