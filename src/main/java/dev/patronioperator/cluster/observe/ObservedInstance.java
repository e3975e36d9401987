package dev.patronioperator.cluster.observe;

import java.util.Objects;
import java.util.Optional;

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
        return !isBeingDeleted() && hasCondition("Ready");
    }

    /** Whether PostgreSQL runs in it, as far as is known. */
    public boolean isUp() {
        return isReady() && patroni.map(p -> p.state().isUp()).orIfUnknown(false);
    }

    /** Whether the member says that it takes writes. */
    public boolean claimsToBePrimary() {
        return patroni.map(p -> p.role() == PostgresRole.PRIMARY).orIfUnknown(false);
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

    private boolean hasCondition(String type) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(c -> Objects.equals(c.getType(), type) && "True".equals(c.getStatus()));
    }
}
