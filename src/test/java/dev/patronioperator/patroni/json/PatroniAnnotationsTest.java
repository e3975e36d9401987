package dev.patronioperator.patroni.json;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.patronioperator.patroni.model.PodStatus;
import dev.patronioperator.patroni.model.PostgresRole;
import dev.patronioperator.plan.Known;

import static org.assertj.core.api.Assertions.assertThat;

class PatroniAnnotationsTest {

    private final PatroniAnnotations annotations = new PatroniAnnotations(new PatroniJson(new ObjectMapper()));

    @Test
    void readsWhatAReplicaWritesOnItsPod() {
        var status = podStatus(
                """
                {"conn_url":"postgres://10.0.0.2:5432/postgres","api_url":"http://10.0.0.2:8008/patroni","state":"running",
                 "role":"replica","version":"4.1.0","xlog_location":83886080,"replay_lsn":83886000,
                 "replication_state":"streaming","timeline":4,"tags":{"failover_priority":0},
                 "pending_restart":true,"pending_restart_reason":{"wal_level":{"old_value":"replica","new_value":"logical"}}}""");

        assertThat(status).isInstanceOfSatisfying(Known.Value.class, known -> {
            var pod = (PodStatus) known.value();
            assertThat(pod.state().isUp()).isTrue();
            assertThat(pod.role()).isEqualTo(PostgresRole.REPLICA);
            assertThat(pod.walLocation()).isEqualTo(Known.of(83886080L));
            assertThat(pod.timeline()).isEqualTo(Known.of(4L));
            assertThat(pod.isExcludedFromFailover()).isTrue();
            assertThat(pod.pendingRestart().settings()).containsOnlyKeys("wal_level");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "null",
                "7",
                "{}",
                "{\"role\":\"master\"}",
                "{\"state\":null}",
                "{\"state\":{}}",
                "\u0000"
            })
    void garbageIsUnknown(String text) {
        assertThat(podStatus(text).isUnknown()).isTrue();
    }

    @Test
    void podWithoutAnnotationHasNotComeUpYet() {
        var expected = Known.unknown("the Pod has no annotation status: Patroni has not come up in it yet");
        assertThat(annotations.podStatus(null)).isEqualTo(expected);
        assertThat(annotations.podStatus(Map.of("other", "x"))).isEqualTo(expected);
    }

    @Test
    void oddFieldsAreUnknownOneByOne() {
        var status = podStatus(
                """
                {"state":"running","role":"master","xlog_location":"many","timeline":[],"tags":"none",
                 "pending_restart_reason":[1],"version":4.1}""");

        assertThat(status).isInstanceOfSatisfying(Known.Value.class, known -> {
            var pod = (PodStatus) known.value();
            assertThat(pod.role()).isEqualTo(PostgresRole.PRIMARY);
            assertThat(pod.walLocation().isUnknown()).isTrue();
            assertThat(pod.timeline().isUnknown()).isTrue();
            assertThat(pod.tags()).isEmpty();
            assertThat(pod.patroniVersion()).contains("4.1");
        });
    }

    @Test
    void leaderKeyExpiresWhenItWasNotRenewedInTime() {
        var leader = annotations.leader(Map.of(
                "leader", "orders-0",
                "optime", "83886080",
                "ttl", "30",
                "renewTime", "2026-11-25T12:00:00.123456+00:00",
                "acquireTime", "2026-11-25T11:00:00+00:00",
                "transitions", "2"));

        assertThat(leader.leader()).contains("orders-0");
        assertThat(leader.optime()).isEqualTo(Known.of(83886080L));
        assertThat(leader.isExpired(Instant.parse("2026-11-25T12:00:30Z"))).isEqualTo(Known.of(false));
        assertThat(leader.isExpired(Instant.parse("2026-11-25T12:00:31Z"))).isEqualTo(Known.of(true));
    }

    @Test
    void leaderKeyWithoutTimesIsNeitherValidNorExpired() {
        assertThat(annotations
                        .leader(Map.of("leader", "orders-0"))
                        .isExpired(Instant.EPOCH)
                        .isUnknown())
                .isTrue();
        assertThat(annotations.leader(null).leader()).isEmpty();
        assertThat(annotations.leader(Map.of("leader", "")).leader()).isEmpty();
    }

    @Test
    void readsTheSynchronousStandbys() {
        var sync = annotations.sync(Map.of("leader", "orders-0", "sync_standby", "orders-2, orders-1", "quorum", "1"));
        assertThat(sync.standbys()).containsExactly("orders-2", "orders-1");
        assertThat(sync.quorum()).isEqualTo(1);
        assertThat(annotations.sync(Map.of()).standbys()).isEmpty();
    }

    @Test
    void emptiedFailoverObjectIsNotPending() {
        assertThat(annotations.failover(Map.of()).isPending()).isFalse();
        assertThat(annotations
                        .failover(Map.of("leader", "orders-0", "member", "orders-1"))
                        .isPending())
                .isTrue();
    }

    @Test
    void readsConfigInitialisationAndHistory() {
        var config = annotations.config(
                Map.of(
                        "initialize",
                        "7123456789012345678",
                        "config",
                        "{\"ttl\":30,\"synchronous_mode\":\"quorum\"}",
                        "history",
                        "[[1,50331808,\"no recovery target specified\",\"2026-11-25T12:00:00+00:00\",\"orders-1\"],[2,60,\"old\"]]"));

        assertThat(config.isInitialized()).isTrue();
        assertThat(config.config().map(tree -> tree.setting("synchronous_mode").orElseThrow()))
                .isEqualTo(Known.of("quorum"));
        assertThat(config.history()).hasSize(2);
        assertThat(config.history().getFirst().newLeader()).contains("orders-1");
        assertThat(config.history().getLast().at().isUnknown()).isTrue();
    }

    @Test
    void configThatCannotBeReadIsUnknownAndNotEmpty() {
        var config = annotations.config(Map.of("config", "{\"ttl\":", "history", "[["));
        assertThat(config.config().isUnknown()).isTrue();
        assertThat(config.history()).isEmpty();
        assertThat(config.isInitialized()).isFalse();
    }

    private Known<PodStatus> podStatus(String text) {
        return annotations.podStatus(Map.of("status", text));
    }
}
