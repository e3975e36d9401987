/** What may be said in {@code pgbouncer.ini}: shared by whoever checks a manifest and by whoever renders it. Pure. */
package dev.patronioperator.manifest.pgbouncer;
