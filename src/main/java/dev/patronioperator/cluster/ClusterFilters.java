package dev.patronioperator.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.source.filter.GenericFilter;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import org.eclipse.microprofile.config.ConfigProvider;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.kubernetes.naming.Annotations;

/** Which changes are worth a look. What is left out is looked at with the next one that is not. */
public final class ClusterFilters {

    /** Patroni renews these every few seconds. A leader key that is not renewed is noticed by the regular look. */
    private static final Set<String> HEARTBEAT =
            Set.of("renewTime", "optime", "acquireTime", "slots", "retain_slots", "failsafe");

    private ClusterFilters() {}

    /** Whether the resource is for this operator, of several: the same rule as the peer's {@code CONTROLLER_ID}. */
    static boolean isOurs(Postgresql cluster) {
        var annotations = cluster.getMetadata().getAnnotations();
        var wanted = annotations == null ? "" : annotations.getOrDefault(Annotations.CONTROLLER, "");
        var id = ConfigProvider.getConfig()
                .getOptionalValue("CONTROLLER_ID", String.class)
                .orElse("");
        return wanted.equals(id);
    }

    /** Lets through what is for this operator. */
    public static final class Ours implements GenericFilter<Postgresql> {
        @Override
        public boolean accept(Postgresql cluster) {
            return isOurs(cluster);
        }
    }

    /** A new manifest, label, annotation or deletion; not our own status or finalizer. */
    public static final class Edited implements OnUpdateFilter<Postgresql> {
        @Override
        public boolean accept(Postgresql now, Postgresql before) {
            var a = now.getMetadata();
            var b = before.getMetadata();
            return !Objects.equals(a.getGeneration(), b.getGeneration())
                    || !Objects.equals(a.getDeletionTimestamp(), b.getDeletionTimestamp())
                    || !Objects.equals(a.getLabels(), b.getLabels())
                    || !Objects.equals(a.getAnnotations(), b.getAnnotations());
        }
    }

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
