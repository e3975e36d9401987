package dev.patronioperator.postgres.streams;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A publication as a database has it.
 *
 * @param isOurs whether it bears the operator's mark: the operator made it for an event stream, or took it over
 * @param operations what is published: {@code insert}, {@code update}, {@code delete}, {@code truncate}
 * @param tables those that are named one by one
 */
public record PublicationState(
        String name, String owner, boolean isOurs, Set<String> operations, SortedSet<TableName> tables) {

    public PublicationState {
        operations = Set.copyOf(operations);
        tables = Collections.unmodifiableSortedSet(new TreeSet<>(tables));
    }
}
