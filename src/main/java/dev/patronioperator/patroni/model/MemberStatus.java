package dev.patronioperator.patroni.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.patronioperator.plan.Known;

/**
 * What a member says of itself ({@code GET /patroni}): fresh, asked of PostgreSQL while the call lasts.
 *
 * @param state what PostgreSQL does
 * @param role the role of the server; the leader key is another matter, see {@link Topology#leader()}
 * @param replicationState how a replica is fed: {@code streaming}, {@code in archive recovery}; empty for a primary or an old Patroni
 * @param serverVersion as {@code server_version_num}: 170002 is 17.2; unknown while PostgreSQL does not answer
 * @param startedAt when the postmaster started
 * @param timeline its timeline
 * @param wal how far it has written, or received and replayed
 * @param replication the connections that follow this server
 * @param isSynchronous whether commits may wait for this replica
 * @param pendingRestart whether settings wait for a restart, and which
 * @param scheduledRestart time of the scheduled restart, as Patroni prints it
 * @param paused whether the cluster is in maintenance mode
 * @param leaderless whether this member sees a cluster without a leader, or no DCS at all
 * @param failsafeActive whether failsafe mode keeps the leader up without the DCS
 * @param dcsLastSeen when the member last reached the DCS
 * @param systemIdentifier identity of the data; two members of one cluster have the same
 * @param patroniVersion such as {@code 4.1.0}
 * @param scope name of the cluster, as Patroni knows it
 * @param tags Patroni tags
 */
public record MemberStatus(
        MemberState state,
        PostgresRole role,
        Optional<String> replicationState,
        Known<Long> serverVersion,
        Known<Instant> startedAt,
        Known<Long> timeline,
        Known<WalPosition> wal,
        List<ReplicationConnection> replication,
        boolean isSynchronous,
        PendingRestart pendingRestart,
        Optional<String> scheduledRestart,
        boolean paused,
        boolean leaderless,
        boolean failsafeActive,
        Known<Instant> dcsLastSeen,
        Optional<String> systemIdentifier,
        Optional<String> patroniVersion,
        Optional<String> scope,
        Map<String, String> tags) {

    public MemberStatus {
        replication = List.copyOf(replication);
        tags = Map.copyOf(tags);
    }

    /** Whether the tag {@code nofailover} keeps this member from ever leading. */
    public boolean isExcludedFromFailover() {
        return Tags.forbidFailover(tags);
    }
}
