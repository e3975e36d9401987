package dev.patronioperator.cluster.planning;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.patroni.model.PodStatus;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

/**
 * Chooses who takes over from a primary that has to leave its pod.
 *
 * <p>A candidate runs, is ready, streams on the primary's timeline, is not excluded by {@code nofailover}, and is at most {@link
 * #GREATEST_LAG} behind; with synchronous replication only a synchronous standby will do. What is unknown about a member counts
 * against it, but for the streaming, of which an old Patroni does not tell: what a member that does not stream has not received yet is lost
 * when the primary stops. If nobody qualifies nothing is done and the reasons are told.
 */
final class SwitchoverPlanner {

    /** As the peer's limit for major upgrades; Patroni's own {@code maximum_lag_on_failover} is checked by Patroni again. */
    static final long GREATEST_LAG = 16L * 1024 * 1024;

    private static final Duration CHECK_AGAIN = Duration.ofSeconds(5);

    private SwitchoverPlanner() {}

    /** What has to happen before members with ordinals from {@code replicas} on can go; empty if the primary is not among them. */
    static Optional<PlannedStep> beforeScaleIn(int replicas, ObservedCluster observed) {
        if (replicas == 0) {
            return Optional.empty();
        }
        var why = Reason.of(
                Reason.Code.PRIMARY_MUST_MOVE,
                "the primary is on a pod that goes when there are " + replicas + " instances");
        if (observed.leader().isEmpty()) {
            return Optional.of(await("a primary, to know that it is not on a pod that goes", why));
        }
        var leader = observed.leader().get();
        return leader.ordinal() < replicas
                ? Optional.empty()
                : Optional.of(moveFrom(leader, i -> i.ordinal() < replicas, observed, why));
    }

    /** The switchover to the best candidate among the allowed ones, or the wait for one. */
    static PlannedStep moveFrom(
            ObservedInstance leader, Predicate<ObservedInstance> allowed, ObservedCluster observed, Reason why) {
        var others = observed.instances().stream()
                .filter(i -> !i.name().equals(leader.name()))
                .filter(allowed)
                .toList();
        return others.stream()
                .filter(i -> objection(i, leader, observed).isEmpty())
                .min(Comparator.comparing((ObservedInstance i) -> lag(i, leader).orIfUnknown(Long.MAX_VALUE))
                        .thenComparing(ObservedInstance::ordinal))
                .map(best -> PlannedStep.of(new Step.Switchover(leader.name(), best.name()), Impact.SWITCHOVER, why))
                .orElseGet(() -> await(
                        "a member that can take over from " + leader.name() + objections(others, leader, observed),
                        why));
    }

    private static PlannedStep await(String what, Reason why) {
        return PlannedStep.of(new Step.Await(what, CHECK_AGAIN), Impact.NONE, why);
    }

    private static String objections(List<ObservedInstance> others, ObservedInstance leader, ObservedCluster observed) {
        return others.isEmpty()
                ? " (there is no other)"
                : others.stream()
                        .map(i ->
                                i.name() + " " + objection(i, leader, observed).orElse("qualifies"))
                        .collect(java.util.stream.Collectors.joining("; ", " (", ")"));
    }

    /** Why a member cannot take over; empty if it can. */
    static Optional<String> objection(ObservedInstance member, ObservedInstance leader, ObservedCluster observed) {
        if (member.isBeingDeleted()) {
            return Optional.of("is being deleted");
        }
        if (!member.isReady()) {
            return Optional.of("is not ready");
        }
        return switch (member.patroni()) {
            case Known.Unknown<PodStatus>(String because) -> Optional.of("is unknown: " + because);
            case Known.Value<PodStatus>(PodStatus status) -> objection(member, status, leader, observed);
        };
    }

    private static Optional<String> objection(
            ObservedInstance member, PodStatus status, ObservedInstance leader, ObservedCluster observed) {
        if (!status.state().isUp()) {
            return Optional.of("is " + status.state());
        }
        if (status.isExcludedFromFailover()) {
            return Optional.of("is tagged nofailover");
        }
        var standbys = observed.dcs().sync().standbys();
        if (observed.dcs().sync().leader().isPresent() && !standbys.isEmpty() && !standbys.contains(member.name())) {
            return Optional.of("is not a synchronous standby");
        }
        return distance(member, leader);
    }

    /** How a member falls short of its primary; empty if it is close behind. */
    static Optional<String> distance(ObservedInstance member, ObservedInstance leader) {
        if (timeline(member).isUnknown() || !timeline(member).equals(timeline(leader))) {
            return Optional.of("is not known to be on the primary's timeline");
        }
        if (!member.patroni().flatMap(PodStatus::streams).orIfUnknown(true)) {
            return Optional.of("does not stream from the primary");
        }
        return switch (lag(member, leader)) {
            case Known.Unknown<Long>(String because) -> Optional.of("has an unknown lag: " + because);
            case Known.Value<Long>(Long bytes)
            when bytes > GREATEST_LAG -> Optional.of("is " + bytes + " bytes behind, more than " + GREATEST_LAG);
            case Known.Value<Long> ignored -> Optional.empty();
        };
    }

    private static Known<Long> timeline(ObservedInstance instance) {
        return instance.patroni().flatMap(PodStatus::timeline);
    }

    private static Known<Long> lag(ObservedInstance member, ObservedInstance leader) {
        var written = leader.patroni().flatMap(PodStatus::walLocation);
        var received = member.patroni().flatMap(PodStatus::walLocation);
        return written.flatMap(w -> received.map(r -> Math.max(0, w - r)));
    }
}
