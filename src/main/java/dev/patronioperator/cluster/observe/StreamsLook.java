package dev.patronioperator.cluster.observe;

import java.util.Set;

/**
 * What is known of the event streams' publications and replication slots inside PostgreSQL. A publication and its slot have one name.
 *
 * @param published wanted publications that are as they should be
 * @param missing wanted slots that the server does not have
 * @param unmarked publications that still have to be marked as ours before the stream that reads from them may go, or that cannot be
 *     looked at
 * @param leftover publications and slots of streams that are not wanted any more, on their way out
 */
public record StreamsLook(Set<String> published, Set<String> missing, Set<String> unmarked, Set<String> leftover) {

    public static final StreamsLook NONE = new StreamsLook(Set.of(), Set.of(), Set.of(), Set.of());

    public StreamsLook {
        published = Set.copyOf(published);
        missing = Set.copyOf(missing);
        unmarked = Set.copyOf(unmarked);
        leftover = Set.copyOf(leftover);
    }

    /** Whether nothing is on its way in or out. */
    public boolean isSettled() {
        return missing.isEmpty() && unmarked.isEmpty() && leftover.isEmpty();
    }

    /** Whether a stream can read from the slot what it is to read. */
    public boolean isReadable(String slot) {
        return published.contains(slot) && !missing.contains(slot);
    }
}
