package dev.patronioperator.patroni.model;

import java.lang.module.ModuleDescriptor.Version;
import java.util.Map;
import java.util.Optional;

import dev.patronioperator.plan.Known;

/**
 * What a member writes about itself into the annotation {@code status} of its Pod, each {@code loop_wait} (10 s) and at each change.
 * Costs no request, as Pods are watched; stays behind, and grows stale, when Patroni hangs or dies.
 *
 * @param state what PostgreSQL does
 * @param role role of the server
 * @param replicationState how a replica is fed, since Patroni 3.0.4
 * @param apiUrl where the member says its REST API is
 * @param connUrl where the member says its PostgreSQL is
 * @param patroniVersion such as {@code 4.1.0}
 * @param timeline its timeline
 * @param walLocation bytes written, or received by a replica
 * @param replayLocation bytes replayed by a replica
 * @param pendingRestart whether settings wait for a restart, and which
 * @param replayPaused whether someone has stopped the replay by hand; false if the version of Patroni does not tell
 * @param paused whether the cluster is in maintenance mode
 * @param tags Patroni tags
 */
public record PodStatus(
        MemberState state,
        PostgresRole role,
        Optional<String> replicationState,
        Optional<String> apiUrl,
        Optional<String> connUrl,
        Optional<String> patroniVersion,
        Known<Long> timeline,
        Known<Long> walLocation,
        Known<Long> replayLocation,
        PendingRestart pendingRestart,
        boolean replayPaused,
        boolean paused,
        Map<String, String> tags) {

    /** The Pod annotation this is read from. */
    public static final String ANNOTATION = "status";

    private static final String TELLS_REPLICATION_STATE = "3.0.4";
    private static final String STREAMING = "streaming";

    public PodStatus {
        tags = Map.copyOf(tags);
    }

    /**
     * Whether WAL flows from the server it follows, as it is written; unknown with a Patroni before 3.0.4, which
     * does not say. Later ones leave the state out while nothing flows.
     */
    public Known<Boolean> streams() {
        if (replicationState.isPresent()) {
            return Known.of(STREAMING.equals(replicationState.get()));
        }
        return patroniVersion
                .filter(version -> version.matches("\\d.*"))
                .filter(version -> Version.parse(version).compareTo(Version.parse(TELLS_REPLICATION_STATE)) >= 0)
                .map(version -> Known.of(false))
                .orElseGet(() -> Known.unknown("this Patroni does not tell"));
    }

    /** Whether the tag {@code nofailover} keeps this member from ever leading. */
    public boolean isExcludedFromFailover() {
        return Tags.forbidFailover(tags);
    }
}
