package dev.patronioperator.cluster.observe;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;

import dev.patronioperator.patroni.MemberAddress;
import dev.patronioperator.patroni.model.PodStatus;
import dev.patronioperator.patroni.model.PostgresRole;
import dev.patronioperator.plan.Known;

/**
 * One database pod as Kubernetes and Patroni see it.
 *
 * @param ordinal the number its StatefulSet gave it
 * @param patroni what the member last said of itself; unknown until Patroni has come up
 * @param roleLabel the value of the role label, which Patroni writes; empty if it has not yet
 */
public record ObservedInstance(Pod pod, int ordinal, Known<PodStatus> patroni, Optional<String> roleLabel) {

    public String name() {
        return pod.getMetadata().getName();
    }

    public String uid() {
        return pod.getMetadata().getUid();
    }

    public boolean isBeingDeleted() {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    /** Whether Kubernetes calls the pod ready. */
    public boolean isReady() {
        return isReady(pod);
    }

    /** Whether Kubernetes calls any pod ready, be it of another kind. */
    public static boolean isReady(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus() != null
                && pod.getStatus().getConditions() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
    }

    /** Whether all of its containers run; a pod whose phase is not known yet is taken to. */
    public boolean isRunning() {
        var status = pod.getStatus();
        if (status == null || status.getPhase() == null) {
            return true;
        }
        return "Running".equals(status.getPhase())
                && Stream.concat(orNone(status.getInitContainerStatuses()), orNone(status.getContainerStatuses()))
                        .map(ContainerStatus::getState)
                        .noneMatch(state -> state != null && hasStopped(state));
    }

    private static boolean hasStopped(ContainerState state) {
        return state.getWaiting() != null
                || state.getTerminated() != null
                        && !Integer.valueOf(0).equals(state.getTerminated().getExitCode());
    }

    private static Stream<ContainerStatus> orNone(List<ContainerStatus> statuses) {
        return statuses == null ? Stream.empty() : statuses.stream();
    }

    /** Whether PostgreSQL runs in it, as far as is known. */
    public boolean isUp() {
        return isReady() && patroni.map(p -> p.state().isUp()).orIfUnknown(false);
    }

    /** Whether the member says that it takes writes. */
    public boolean claimsToBePrimary() {
        return patroni.map(p -> p.role() == PostgresRole.PRIMARY).orIfUnknown(false);
    }

    /** Whether the member says that it leads its cluster, be it one that follows another. */
    public boolean leads() {
        return patroni.map(p -> p.role() == PostgresRole.PRIMARY || p.role() == PostgresRole.STANDBY_LEADER)
                .orIfUnknown(false);
    }

    /** The name of the node that it is on; empty until it is given one. */
    public Optional<String> node() {
        return Optional.ofNullable(pod.getSpec()).map(spec -> spec.getNodeName());
    }

    /** The revision of the StatefulSet that the pod was made from. */
    public Optional<String> revision() {
        return Optional.ofNullable(pod.getMetadata().getLabels()).map(labels -> labels.get("controller-revision-hash"));
    }

    /** Where Patroni listens; empty while the pod has no address. */
    public Optional<MemberAddress> address() {
        return Optional.ofNullable(pod.getStatus())
                .map(status -> status.getPodIP())
                .filter(ip -> !ip.isEmpty())
                .map(ip -> MemberAddress.ofPod(
                        name(), ip, patroni.map(PodStatus::apiUrl).orIfUnknown(Optional.empty())));
    }
}
