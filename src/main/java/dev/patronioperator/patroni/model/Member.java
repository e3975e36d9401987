package dev.patronioperator.patroni.model;

import java.util.Map;
import java.util.Optional;

import dev.patronioperator.plan.Known;

/**
 * One member as the DCS knows it; up to {@code loop_wait} old.
 *
 * @param name name of the member, which is the name of its Pod
 * @param role its role in the cluster
 * @param state what its PostgreSQL does
 * @param apiUrl where it says its REST API is
 * @param host where it says its PostgreSQL is
 * @param port port of its PostgreSQL
 * @param timeline its timeline; unknown while PostgreSQL does not run
 * @param lag bytes it is behind the last position the leader wrote to the DCS; 0 for the leader itself, unknown if Patroni says so
 * @param tags Patroni tags, such as {@code nofailover}
 * @param pendingRestart whether settings wait for a restart of PostgreSQL, and which
 * @param scheduledRestart the restart that waits for its time, if any, as Patroni prints its time
 */
public record Member(
        String name,
        MemberRole role,
        MemberState state,
        Optional<String> apiUrl,
        Optional<String> host,
        Known<Long> port,
        Known<Long> timeline,
        Known<Long> lag,
        Map<String, String> tags,
        PendingRestart pendingRestart,
        Optional<String> scheduledRestart) {

    public Member {
        tags = Map.copyOf(tags);
    }

    /** Whether the tag {@code nofailover} keeps this member from ever leading. */
    public boolean isExcludedFromFailover() {
        return Tags.forbidFailover(tags);
    }
}
