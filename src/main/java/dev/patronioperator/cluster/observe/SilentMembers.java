package dev.patronioperator.cluster.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import dev.patronioperator.patroni.Answer;
import dev.patronioperator.patroni.MemberAddress;
import dev.patronioperator.patroni.PatroniClient;
import dev.patronioperator.patroni.model.ConfigRecord;
import dev.patronioperator.patroni.model.LeaderRecord;
import dev.patronioperator.patroni.model.Member;
import dev.patronioperator.patroni.model.MemberStatus;
import dev.patronioperator.patroni.model.PodStatus;
import dev.patronioperator.patroni.model.SyncRecord;
import dev.patronioperator.patroni.model.Topology;
import dev.patronioperator.patroni.model.WalPosition;
import dev.patronioperator.plan.Known;

/**
 * Asks Patroni's REST API for what Kubernetes does not tell. With Kubernetes as DCS every member writes its state onto its pod, and nobody is asked. With another
 * DCS, such as etcd, members write nothing: then one member tells of the cluster, and each of itself.
 *
 * <p>Only members whose pods are ready are asked. If the first of them does not answer, the others are left alone: nothing is known then, as before.
 */
@ApplicationScoped
public class SilentMembers {

    /** What was said a moment ago holds for the look it was asked for, not longer. */
    private static final Duration HOLDS = Duration.ofSeconds(10);

    private final PatroniClient client;

    public SilentMembers(PatroniClient client) {
        this.client = client;
    }

    /** The facts with what silent members say when they are asked. */
    ObservedCluster complete(ObservedCluster observed) {
        return observed.instances().stream()
                .filter(SilentMembers::isSilent)
                .flatMap(instance -> instance.address().stream())
                .findFirst()
                .map(member -> complete(observed, member))
                .orElse(observed);
    }

    private ObservedCluster complete(ObservedCluster observed, MemberAddress spokesman) {
        if (!(client.cluster(spokesman) instanceof Answer.Reached<Topology>(Topology topology))) {
            return observed;
        }
        var statuses = new TreeMap<String, Known<MemberStatus>>();
        observed.instances().stream().filter(SilentMembers::isSilent).forEach(instance -> instance.address()
                .ifPresent(address ->
                        statuses.put(instance.name(), client.status(address).known())));
        var positions = new Positions(topology, statuses);
        return new ObservedCluster(
                observed.objects(),
                observed.taken(),
                observed.instances().stream()
                        .map(instance -> statuses.containsKey(instance.name())
                                ? asked(instance, statuses.get(instance.name()), positions)
                                : instance)
                        .toList(),
                observed.revisions(),
                observed.claims(),
                observed.nodes(),
                observed.definedStreams(),
                dcs(observed, topology, spokesman),
                observed.at());
    }

    private static ObservedInstance asked(ObservedInstance instance, Known<MemberStatus> status, Positions positions) {
        return new ObservedInstance(
                instance.pod(),
                instance.ordinal(),
                status.map(told -> asOnPod(told, positions.reached(instance.name(), told))),
                instance.roleLabel());
    }

    /** How far members have come. If the leader does not tell, all are counted by their lag: only differences matter. */
    private record Positions(Topology topology, Map<String, Known<MemberStatus>> statuses) {

        Known<Long> reached(String member, MemberStatus status) {
            return ofLeader() instanceof Known.Value<Long>(Long leader)
                    ? told(status) instanceof Known.Value<Long> own ? own : behind(member, leader)
                    : behind(member, Long.MAX_VALUE);
        }

        private Known<Long> ofLeader() {
            return topology.leader()
                    .map(leader -> statuses.get(leader.name()))
                    .map(known -> known.map(Positions::told).orIfUnknown(Known.unknown("the leader does not answer")))
                    .orElseGet(() -> Known.unknown("the leader was not asked"));
        }

        private Known<Long> behind(String member, long leader) {
            return topology.member(member)
                    .map(listed -> listed.lag().map(lag -> leader - lag))
                    .orElseGet(() -> Known.unknown("the DCS does not know " + member));
        }

        private static Known<Long> told(MemberStatus status) {
            return status.wal().map(WalPosition::reached);
        }
    }

    private Dcs dcs(ObservedCluster observed, Topology topology, MemberAddress spokesman) {
        var recorded = observed.dcs();
        return new Dcs(
                recorded.leader().leader().isPresent() ? recorded.leader() : leader(topology, observed.at()),
                recorded.config().isInitialized() ? recorded.config() : config(topology, spokesman),
                recorded.sync().leader().isPresent() ? recorded.sync() : synchronous(topology));
    }

    private static SyncRecord synchronous(Topology topology) {
        var standbys = topology.members().stream()
                .filter(member -> member.role().isSynchronous())
                .map(Member::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new SyncRecord(
                standbys.isEmpty() ? Optional.empty() : topology.leader().map(Member::name), standbys, 0);
    }

    private static LeaderRecord leader(Topology topology, Instant at) {
        Known<Long> untold = Known.unknown("the REST API does not tell");
        return new LeaderRecord(
                topology.leader().map(Member::name),
                untold,
                Known.of(HOLDS),
                Known.unknown("the REST API does not tell since when the leader leads"),
                Known.of(at),
                untold);
    }

    /** A cluster that has a leader is initialised. */
    private ConfigRecord config(Topology topology, MemberAddress spokesman) {
        return new ConfigRecord(
                topology.leader().map(Member::name), client.config(spokesman).known(), List.of());
    }

    private static boolean isSilent(ObservedInstance instance) {
        return instance.isReady() && instance.patroni().isUnknown();
    }

    private static PodStatus asOnPod(MemberStatus status, Known<Long> reached) {
        return new PodStatus(
                status.state(),
                status.role(),
                status.replicationState(),
                Optional.empty(),
                Optional.empty(),
                status.patroniVersion(),
                status.timeline(),
                reached,
                status.wal() instanceof Known.Value<WalPosition>(WalPosition.Replayed replayed)
                        ? Known.of(replayed.replayed())
                        : Known.unknown("it is no replica"),
                status.pendingRestart(),
                status.wal() instanceof Known.Value<WalPosition>(WalPosition.Replayed replayed)
                        && replayed.replayPaused(),
                status.paused(),
                status.tags());
    }
}
