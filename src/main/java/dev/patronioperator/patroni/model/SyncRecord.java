package dev.patronioperator.patroni.model;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * Which replicas have every acknowledged transaction, kept as annotations of {@code NAME-sync}.
 *
 * @param leader the member that wrote the record; empty if replication is not synchronous
 * @param standbys the synchronous replicas
 * @param quorum how many of them a candidate must reach; 0 unless in quorum mode
 */
public record SyncRecord(Optional<String> leader, SequencedSet<String> standbys, long quorum) {

    public SyncRecord {
        standbys = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(standbys));
    }
}
