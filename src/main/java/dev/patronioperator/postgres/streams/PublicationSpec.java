package dev.patronioperator.postgres.streams;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The publication of an event stream as it should be. The replication slot that the stream reads from has the same name.
 *
 * @param tables whose inserted and updated rows become events; never empty
 */
public record PublicationSpec(String database, String name, SortedSet<TableName> tables) {

    public PublicationSpec {
        tables = Collections.unmodifiableSortedSet(new TreeSet<>(tables));
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("publication " + name + " of no table");
        }
    }
}
