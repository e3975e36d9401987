/** What an API server makes of objects, in memory: defaults, {@code managedFields}, admission. Start at {@code StoredObject}. */
package dev.patronioperator.testkit.server;
