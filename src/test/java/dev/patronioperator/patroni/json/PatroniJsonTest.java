package dev.patronioperator.patroni.json;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.patronioperator.patroni.model.MemberRole;
import dev.patronioperator.patroni.model.PendingRestart;
import dev.patronioperator.patroni.model.PostgresRole;
import dev.patronioperator.patroni.model.WalPosition;
import dev.patronioperator.plan.Known;

import static org.assertj.core.api.Assertions.assertThat;

class PatroniJsonTest {

    private final PatroniJson json = new PatroniJson(new ObjectMapper());

    @Test
    void readsTheTopologyOfASynchronousClusterInMaintenance() {
        var topology = value(
                json.topology(
                        """
                {"members": [
                  {"name": "orders-0", "role": "leader", "state": "running", "api_url": "http://10.0.0.1:8008/patroni",
                   "host": "10.0.0.1", "port": 5432, "timeline": 3, "pending_restart": true,
                   "pending_restart_reason": {"max_connections": {"old_value": "100", "new_value": "200"}}},
                  {"name": "orders-1", "role": "sync_standby", "state": "streaming", "host": "10.0.0.2", "port": 5432,
                   "timeline": 3, "lag": 4294967296},
                  {"name": "orders-2", "role": "replica", "state": "creating replica", "lag": "unknown",
                   "tags": {"nofailover": true, "clonefrom": false, "nostream": null}}],
                 "pause": true, "scope": "orders",
                 "scheduled_switchover": {"at": "2026-12-01T02:00:00+01:00", "from": "orders-0"}}"""));

        assertThat(topology.paused()).isTrue();
        assertThat(topology.scheduledSwitchover().orElseThrow().at())
                .isEqualTo(Known.of(Instant.parse("2026-12-01T01:00:00Z")));
        var leader = topology.leader().orElseThrow();
        assertThat(leader.pendingRestart().settings())
                .containsEntry("max_connections", new PendingRestart.Change("100", "200"));
        assertThat(leader.lag()).isEqualTo(Known.of(0L));
        var standby = topology.member("orders-1").orElseThrow();
        assertThat(standby.role().isSynchronous()).isTrue();
        assertThat(standby.lag()).isEqualTo(Known.of(4_294_967_296L));
        var fresh = topology.member("orders-2").orElseThrow();
        assertThat(fresh.lag()).isEqualTo(Known.unknown("Patroni says lag is \"unknown\""));
        assertThat(fresh.timeline().isUnknown()).isTrue();
        assertThat(fresh.isExcludedFromFailover()).isTrue();
        assertThat(fresh.state().isCreatingReplica()).isTrue();
    }

    @Test
    void leaderOfAStandbyClusterLeads() {
        var topology = value(
                json.topology(
                        """
                {"members": [{"name": "orders-0", "role": "standby_leader", "state": "streaming", "timeline": "7"}]}"""));
        assertThat(topology.leader()).get().satisfies(leader -> {
            assertThat(leader.role()).isEqualTo(MemberRole.STANDBY_LEADER);
            assertThat(leader.timeline()).isEqualTo(Known.of(7L));
        });
    }

    @Test
    void roleOfTheFutureNeitherLeadsNorFails() {
        var topology = value(
                json.topology(
                        """
                {"members": [{"name": "orders-0", "role": "witness", "state": 7}, {"role": "leader"}, null]}"""));
        assertThat(topology.leader()).isEmpty();
        assertThat(topology.members()).singleElement().satisfies(member -> assertThat(member.role())
                .isEqualTo(MemberRole.OTHER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "\"text\"",
                "{\"members\": null}",
                "{\"members\": 3}",
                "{\"members\": [",
                "<html>"
            })
    void whatIsNoTopologyIsUnknownAndNotAnEmptyCluster(String text) {
        assertThat(json.topology(text).isUnknown()).isTrue();
    }

    @Test
    void readsAPrimaryOfPatroni3() {
        var status = value(
                json.status(
                        """
                {"state": "running", "postmaster_start_time": "2026-01-02 03:04:05.678901+00:00", "role": "master",
                 "server_version": 150004, "xlog": {"location": 50331648}, "timeline": 2,
                 "replication": [{"usename": "standby", "application_name": "orders-1", "client_addr": "10.0.0.2",
                   "state": "streaming", "sync_state": "async", "sync_priority": 0}],
                 "pending_restart": true, "dcs_last_seen": 1767323045, "database_system_identifier": "7123456789012345678",
                 "patroni": {"version": "3.0.2", "scope": "orders"}}"""));

        assertThat(status.role()).isEqualTo(PostgresRole.PRIMARY);
        assertThat(status.startedAt()).isEqualTo(Known.of(Instant.parse("2026-01-02T03:04:05.678901Z")));
        assertThat(status.wal()).isEqualTo(Known.of(new WalPosition.Written(50331648)));
        assertThat(status.replication()).singleElement().satisfies(follower -> assertThat(follower.isStreaming())
                .isTrue());
        assertThat(status.pendingRestart()).isEqualTo(new PendingRestart(true, Map.of()));
        assertThat(status.dcsLastSeen()).isEqualTo(Known.of(Instant.ofEpochSecond(1767323045)));
        assertThat(status.patroniVersion()).contains("3.0.2");
    }

    @Test
    void readsAReplicaWithPausedReplay() {
        var status = value(
                json.status(
                        """
                {"state": "running", "role": "replica", "xlog": {"received_location": 200, "replayed_location": 100,
                 "replayed_timestamp": null, "paused": true}, "replication_state": "streaming", "quorum_standby": true}"""));

        assertThat(status.isSynchronous()).isTrue();
        assertThat(status.wal().orIfUnknown(null)).isInstanceOfSatisfying(WalPosition.Replayed.class, wal -> {
            assertThat(wal.replayPaused()).isTrue();
            assertThat(wal.reached()).isEqualTo(200);
            assertThat(wal.replayedAt().isUnknown()).isTrue();
        });
    }

    @Test
    void memberThatIsDownHasNoPositionAndNoVersion() {
        var status = value(
                json.status(
                        """
                {"state": "start failed", "role": "replica", "cluster_unlocked": true, "patroni": {"version": "4.1.0"}}"""));

        assertThat(status.state().isFailed()).isTrue();
        assertThat(status.leaderless()).isTrue();
        assertThat(status.wal().isUnknown()).isTrue();
        assertThat(status.serverVersion().isUnknown()).isTrue();
    }

    @Test
    void unreadableTextIsNotQuoted() {
        assertThat(json.status("{\"password\": s3cret").toString()).doesNotContain("s3cret");
    }

    private static <T> T value(Known<T> known) {
        assertThat(known).isInstanceOf(Known.Value.class);
        return ((Known.Value<T>) known).value();
    }
}
