package dev.patronioperator.patroni.http;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.patronioperator.patroni.Answer;
import dev.patronioperator.patroni.MemberAddress;
import dev.patronioperator.patroni.PatroniClient;
import dev.patronioperator.patroni.model.MemberRole;
import dev.patronioperator.patroni.model.PostgresRole;
import dev.patronioperator.patroni.model.RestartOutcome;
import dev.patronioperator.patroni.model.RestartRequest;
import dev.patronioperator.patroni.model.SwitchoverOutcome;
import dev.patronioperator.patroni.model.SwitchoverRequest;
import dev.patronioperator.patroni.model.WalPosition;
import dev.patronioperator.plan.Known;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What we rely on in Patroni. Runs against the fake, so that nobody trusts a fake that behaves differently, and against a real cluster
 * of two members: a leader and a replica that streams.
 */
abstract class PatroniContract {

    abstract PatroniClient client();

    abstract String scope();

    abstract MemberAddress leader();

    abstract MemberAddress replica();

    @Test
    void clusterShowsTheLeaderAndAStreamingReplicaFromEitherSide() {
        for (var asked : java.util.List.of(leader(), replica())) {
            var topology = reached(client().cluster(asked));

            assertThat(topology.members()).hasSize(2);
            assertThat(topology.leader().orElseThrow().name()).isEqualTo(leader().member());
            var replica = topology.member(replica().member()).orElseThrow();
            assertThat(replica.role()).isEqualTo(MemberRole.REPLICA);
            assertThat(replica.state().isStreaming()).isTrue();
            assertThat(replica.lag()).isInstanceOf(Known.Value.class);
            assertThat(replica.timeline())
                    .isEqualTo(topology.leader().orElseThrow().timeline());
        }
    }

    @Test
    void eachMemberTellsItsRoleItsVersionAndItsPosition() {
        var primary = reached(client().status(leader()));
        assertThat(primary.role()).isEqualTo(PostgresRole.PRIMARY);
        assertThat(primary.state().isUp()).isTrue();
        assertThat(primary.scope()).contains(scope());
        assertThat(primary.serverVersion().orIfUnknown(0L)).isGreaterThan(100000);
        assertThat(primary.wal().orIfUnknown(null)).isInstanceOf(WalPosition.Written.class);
        assertThat(primary.dcsLastSeen().isUnknown()).isFalse();
        assertThat(primary.startedAt().isUnknown()).isFalse();

        var standby = reached(client().status(replica()));
        assertThat(standby.role()).isEqualTo(PostgresRole.REPLICA);
        assertThat(standby.wal().orIfUnknown(null)).isInstanceOf(WalPosition.Replayed.class);
        assertThat(standby.systemIdentifier()).isPresent().isEqualTo(primary.systemIdentifier());
    }

    @Test
    void configCanBePatchedAndAKeyRemovedAgain() {
        var before = reached(client().config(leader()));
        var patch = Map.of("postgresql", Map.of("parameters", Map.of("work_mem", "5MB")));

        var patched = reached(client().patchConfig(leader(), patch));

        assertThat(patched.parameters()).containsEntry("work_mem", "5MB");
        assertThat(patched).isEqualTo(before.patched(patch));
        assertThat(reached(client().config(replica())).isChangedBy(patch)).isFalse();

        var removal = new HashMap<String, Object>();
        removal.put("work_mem", null);
        reached(client().patchConfig(leader(), Map.of("postgresql", Map.of("parameters", removal))));
        assertThat(reached(client().config(leader())).parameters()).doesNotContainKey("work_mem");
    }

    @Test
    void switchoverFromAMemberThatDoesNotLeadIsNotPossible() {
        var outcome = reached(
                client().switchover(leader(), SwitchoverRequest.now(replica().member(), leader().member())));
        assertThat(outcome).isInstanceOf(SwitchoverOutcome.NotPossible.class);
        assertThat(outcome.text()).isEqualTo("leader name does not match");
    }

    @Test
    void switchoverToNobodyIsNotPossible() {
        var outcome = reached(client().switchover(leader(), SwitchoverRequest.now(leader().member(), "nobody")));
        assertThat(outcome).isInstanceOf(SwitchoverOutcome.NotPossible.class);
    }

    @Test
    void switchoverToItselfIsRefusedWithTheReason() {
        var answer = client().switchover(leader(), SwitchoverRequest.now(leader().member(), leader().member()));
        assertThat(answer).isEqualTo(new Answer.Refused<>(400, "Switchover target and source are the same"));
    }

    @Test
    void switchoverCanBeScheduledSeenAndForgotten() {
        var at = Instant.now().plus(3, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
        var request =
                new SwitchoverRequest(leader().member(), Optional.of(replica().member()), Optional.of(at));

        assertThat(reached(client().switchover(leader(), request))).isInstanceOf(SwitchoverOutcome.Scheduled.class);

        var scheduled =
                reached(client().cluster(leader())).scheduledSwitchover().orElseThrow();
        assertThat(scheduled.at()).isEqualTo(Known.of(at));
        assertThat(scheduled.to()).contains(replica().member());
        assertThat(client().cancelSwitchover(leader())).isEqualTo(new Answer.Reached<>("scheduled switchover deleted"));
        assertThat(client().cancelSwitchover(leader()))
                .isEqualTo(new Answer.Refused<>(404, "no switchover is scheduled"));
        assertThat(reached(client().cluster(leader())).scheduledSwitchover()).isEmpty();
    }

    @Test
    void restartIsNotDoneWhereNothingWaitsForIt() {
        var outcome = reached(client().restart(replica(), RestartRequest.IF_PENDING));
        assertThat(outcome).isEqualTo(new RestartOutcome.NotDone("restart conditions are not satisfied"));
    }

    @Test
    void restartCanBeScheduledOnceAndForgotten() {
        var later = new RestartRequest(
                false,
                Optional.of(Duration.ofSeconds(60)),
                Optional.of(Instant.now().plus(3, ChronoUnit.HOURS)));

        assertThat(reached(client().restart(replica(), later))).isInstanceOf(RestartOutcome.Scheduled.class);
        assertThat(reached(client().restart(replica(), later))).isInstanceOf(RestartOutcome.AlreadyScheduled.class);
        assertThat(reached(client().status(replica())).scheduledRestart()).isPresent();
        assertThat(client().cancelRestart(replica())).isInstanceOf(Answer.Reached.class);
        assertThat(client().cancelRestart(replica())).isEqualTo(new Answer.Refused<>(404, "no restarts are scheduled"));
    }

    @Test
    void reloadIsScheduled() {
        assertThat(client().reload(replica())).isEqualTo(new Answer.Reached<>("reload scheduled"));
    }

    @Test
    void leaderRefusesToBeReinitialized() {
        assertThat(client().reinitialize(leader(), false))
                .isEqualTo(new Answer.Refused<>(503, "I am the leader, can not reinitialize"));
    }

    static <T> T reached(Answer<T> answer) {
        assertThat(answer).isInstanceOf(Answer.Reached.class);
        return ((Answer.Reached<T>) answer).value();
    }
}
