package dev.patronioperator.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;

/** Which changes of a cluster's objects are worth a look. What is left out is looked at with the next one that is not. */
final class ClusterFilters {

    /** Patroni renews these every few seconds. A leader key that is not renewed is noticed by the regular look. */
    private static final Set<String> HEARTBEAT =
            Set.of("renewTime", "optime", "acquireTime", "slots", "retain_slots", "failsafe");

    private ClusterFilters() {}

    /** Anything about a pod but how far its WAL has come. */
    static boolean podChanged(Pod now, Pod before) {
        return !Objects.equals(
                        now.getMetadata().getLabels(), before.getMetadata().getLabels())
                || !Objects.equals(
                        now.getMetadata().getDeletionTimestamp(),
                        before.getMetadata().getDeletionTimestamp())
                || !Objects.equals(now.getStatus(), before.getStatus())
                || !Objects.equals(withoutWal(now), withoutWal(before));
    }

    private static Map<String, String> withoutWal(Pod pod) {
        var annotations = new HashMap<String, String>();
        if (pod.getMetadata().getAnnotations() != null) {
            pod.getMetadata().getAnnotations().forEach((key, value) -> annotations.put(key, withoutPositions(value)));
        }
        return annotations;
    }

    private static String withoutPositions(String status) {
        return status.replaceAll("\"(xlog_location|replay_lsn|receive_lsn|write_lsn|flush_lsn)\":\\s*\\d+", "");
    }

    /** Anything about one of Patroni's objects but its heartbeat. */
    static boolean dcsChanged(HasMetadata now, HasMetadata before) {
        return !Objects.equals(withoutHeartbeat(now), withoutHeartbeat(before))
                || !Objects.equals(
                        now.getMetadata().getLabels(), before.getMetadata().getLabels())
                || !Objects.equals(
                        now.getMetadata().getOwnerReferences(),
                        before.getMetadata().getOwnerReferences());
    }

    private static Map<String, String> withoutHeartbeat(HasMetadata object) {
        var annotations = new HashMap<String, String>();
        if (object.getMetadata().getAnnotations() != null) {
            annotations.putAll(object.getMetadata().getAnnotations());
        }
        annotations.keySet().removeAll(HEARTBEAT);
        return annotations;
    }

    /** Any change at all. */
    static boolean always(HasMetadata now, HasMetadata before) {
        return !Objects.equals(
                now.getMetadata().getResourceVersion(), before.getMetadata().getResourceVersion());
    }
}
