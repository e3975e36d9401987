package dev.patronioperator.cluster.status;

import java.util.List;

import dev.patronioperator.api.InstanceStatus;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.patroni.model.PodStatus;
import dev.patronioperator.plan.Known;

/** The instances as the status shows them. */
final class InstanceStatuses {

    /** Lag is told in steps of this many bytes: the status is not written anew for every page of WAL. */
    private static final long LAG_STEP = 1024L * 1024;

    private InstanceStatuses() {}

    static List<InstanceStatus> of(ObservedCluster observed) {
        return observed.instances().stream().map(i -> of(i, observed)).toList();
    }

    private static InstanceStatus of(ObservedInstance instance, ObservedCluster observed) {
        var patroni = instance.patroni();
        boolean leads =
                observed.leader().filter(l -> l.name().equals(instance.name())).isPresent();
        return new InstanceStatus(
                instance.name(),
                leads ? "leader" : role(instance, observed),
                state(instance),
                orNull(patroni, PodStatus::timeline),
                leads ? null : lag(instance, observed),
                instance.revision().orElse(null),
                patroni.map(p -> p.pendingRestart().isPending()).orIfUnknown(false) ? Boolean.TRUE : null);
    }

    private static String role(ObservedInstance instance, ObservedCluster observed) {
        if (instance.patroni().isUnknown()) {
            return null;
        }
        return observed.dcs().sync().standbys().contains(instance.name()) ? "sync_standby" : "replica";
    }

    private static String state(ObservedInstance instance) {
        if (instance.isBeingDeleted()) {
            return "terminating";
        }
        var running = instance.patroni()
                .map(p -> p.replicationState().orElse(p.state().toString()));
        return running.orIfUnknown(
                instance.pod().getStatus() == null || instance.pod().getStatus().getPhase() == null
                        ? null
                        : instance.pod().getStatus().getPhase().toLowerCase(java.util.Locale.ROOT));
    }

    private static Long lag(ObservedInstance instance, ObservedCluster observed) {
        var leader = observed.leader();
        if (leader.isEmpty()) {
            return null;
        }
        var written = orNull(leader.get().patroni(), PodStatus::walLocation);
        var received = orNull(instance.patroni(), PodStatus::walLocation);
        return written == null || received == null
                ? null
                : Long.valueOf(Math.max(0, written - received) / LAG_STEP * LAG_STEP);
    }

    private static Long orNull(Known<PodStatus> patroni, java.util.function.Function<PodStatus, Known<Long>> value) {
        return patroni.map(value).orIfUnknown(Known.unknown("")) instanceof Known.Value<Long>(Long number)
                ? number
                : null;
    }
}
