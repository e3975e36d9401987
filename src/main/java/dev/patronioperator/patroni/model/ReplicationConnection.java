package dev.patronioperator.patroni.model;

import java.util.Optional;

/**
 * A connection that follows a server, from {@code pg_stat_replication}.
 *
 * @param applicationName name of the member that follows; other clients name themselves
 * @param state such as {@code streaming}, {@code catchup}, {@code backup}
 * @param syncState {@code async}, {@code sync}, {@code potential} or {@code quorum}
 */
public record ReplicationConnection(
        String applicationName, String userName, Optional<String> clientAddress, String state, String syncState) {

    public boolean isStreaming() {
        return state.equals("streaming");
    }
}
