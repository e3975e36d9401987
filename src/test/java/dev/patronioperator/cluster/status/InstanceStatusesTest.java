package dev.patronioperator.cluster.status;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.patronioperator.api.InstanceStatus;
import dev.patronioperator.cluster.observe.Dcs;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.patroni.json.PatroniAnnotations;
import dev.patronioperator.patroni.json.PatroniJson;
import dev.patronioperator.plan.Known;
import dev.patronioperator.testkit.ReadyMember;

import static org.assertj.core.api.Assertions.assertThat;

/** How far replicas are behind: true enough for people, and not another number at every look. */
class InstanceStatusesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final PatroniAnnotations PATRONI = new PatroniAnnotations(new PatroniJson(new ObjectMapper()));
    private static final long MIB = 1024 * 1024;
    private static final long WRITTEN = 5000 * MIB + 4711;

    private static ObservedInstance member(int ordinal, String role, Optional<Long> location) {
        return ReadyMember.of(
                "x-" + ordinal,
                ordinal,
                "{\"state\":\"running\",\"role\":\"" + role + "\",\"timeline\":1"
                        + location.map(bytes -> ",\"xlog_location\":" + bytes).orElse("") + "}");
    }

    private static List<InstanceStatus> statuses(Optional<String> leader, ObservedInstance... instances) {
        var lease = leader.map(name -> Map.of("leader", name, "ttl", "30", "renewTime", NOW.toString()));
        var dcs = new Dcs(
                PATRONI.leader(lease.orElse(Map.of())),
                PATRONI.config(Map.of("initialize", "1", "config", "{}")),
                PATRONI.sync(Map.of()));
        return InstanceStatuses.of(
                new ObservedCluster(Map.of(), List.of(instances), List.of(), Known.unknown("not installed"), dcs, NOW));
    }

    /** A leader that has written so much, and a replica that has received so much. */
    private static List<InstanceStatus> statuses(long written, long received) {
        return statuses(
                Optional.of("x-0"),
                member(0, "primary", Optional.of(written)),
                member(1, "replica", Optional.of(received)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 8192, MIB / 2, MIB - 1})
    void aReplicaThatFollowsCloselyIsToldOfAsOneThatHasAll(long behind) {
        assertThat(statuses(WRITTEN, WRITTEN - behind)).isEqualTo(statuses(WRITTEN, WRITTEN));
    }

    @ParameterizedTest
    @CsvSource({
        "1048575, 0",
        "1048576, 1048576",
        "1048577, 1048576",
        "2097151, 1048576",
        "2097152, 2097152",
        "5000000000, 4999610368"
    })
    void whatIsMissingIsToldInStepsOfAMebibyte(long behind, long told) {
        assertThat(statuses(WRITTEN, WRITTEN - behind).getLast().lag()).isEqualTo(told);
    }

    @Test
    void aReplicaThatLagsByAFewPagesMoreOrLessIsToldOfAsBefore() {
        var before = statuses(WRITTEN, WRITTEN - 10 * MIB - 1000);

        assertThat(statuses(WRITTEN + 8192, WRITTEN - 10 * MIB - 1000)).isEqualTo(before);
        assertThat(statuses(WRITTEN, WRITTEN - 10 * MIB)).isEqualTo(before);
    }

    @Test
    void whatALeaderWritesChangesNothingWhileItsReplicasKeepUp() {
        assertThat(statuses(WRITTEN + 700 * MIB, WRITTEN + 700 * MIB - 8192))
                .isEqualTo(statuses(WRITTEN, WRITTEN - 8192));
    }

    @Test
    void aReplicaThatFallsBehindIsSeen() {
        assertThat(statuses(WRITTEN + 64 * MIB, WRITTEN)).isNotEqualTo(statuses(WRITTEN, WRITTEN));
    }

    /** What the leader says of itself may be older. */
    @ParameterizedTest
    @ValueSource(longs = {1, MIB, 64 * MIB})
    void aReplicaThatSeemsToBeAheadMissesNothing(long ahead) {
        assertThat(statuses(WRITTEN, WRITTEN + ahead).getLast().lag()).isZero();
    }

    @Test
    void aLeaderHasNoLag() {
        assertThat(statuses(WRITTEN, 0).getFirst().lag()).isNull();
    }

    @Test
    void whatIsNotKnownIsNotGuessed() {
        var leader = member(0, "primary", Optional.of(WRITTEN));
        var replica = member(1, "replica", Optional.of(WRITTEN - 64 * MIB));
        var silentLeader = member(0, "primary", Optional.empty());
        var silentReplica = member(1, "replica", Optional.empty());

        assertThat(statuses(Optional.empty(), leader, replica))
                .extracting(InstanceStatus::lag)
                .containsOnlyNulls();
        assertThat(statuses(Optional.of("x-0"), silentLeader, replica))
                .extracting(InstanceStatus::lag)
                .containsOnlyNulls();
        assertThat(statuses(Optional.of("x-0"), leader, silentReplica))
                .extracting(InstanceStatus::lag)
                .containsOnlyNulls();
    }
}
