package dev.patronioperator.postgres.streams;

import java.util.Set;

/**
 * Which replication slots something still hangs on, by their names.
 *
 * @param all those that Patroni is to keep, those that the server has, and those that an event stream reads from
 * @param read those that an event stream reads from
 * @param asked those that the manifest asks for by itself, not for the sake of a stream
 */
public record SlotsInUse(Set<String> all, Set<String> read, Set<String> asked) {

    public SlotsInUse {
        all = Set.copyOf(all);
        read = Set.copyOf(read);
        asked = Set.copyOf(asked);
    }
}
