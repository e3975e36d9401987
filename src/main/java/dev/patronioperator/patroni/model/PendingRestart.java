package dev.patronioperator.patroni.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Settings that wait for a restart of PostgreSQL.
 *
 * @param isPending whether any does
 * @param settings which ones; empty although pending if Patroni is older than 4.0, which does not tell
 */
public record PendingRestart(boolean isPending, SortedMap<String, Change> settings) {

    /** Nothing waits. */
    public static final PendingRestart NONE = new PendingRestart(false, new TreeMap<>());

    /** The value in force and the one that waits, as Patroni prints them. */
    public record Change(String before, String after) {}

    public PendingRestart {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    public PendingRestart(boolean isPending, Map<String, Change> settings) {
        this(isPending, (SortedMap<String, Change>) new TreeMap<>(settings));
    }
}
