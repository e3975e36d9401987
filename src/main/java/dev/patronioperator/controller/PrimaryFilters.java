package dev.patronioperator.controller;

import java.util.Objects;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.processing.event.source.filter.GenericFilter;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import org.eclipse.microprofile.config.ConfigProvider;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.kubernetes.Conditions;
import dev.patronioperator.kubernetes.naming.Annotations;

/** Which changes of a cluster resource are worth a look. */
public final class PrimaryFilters {

    private PrimaryFilters() {}

    /** Whether this operator looks after the resource. */
    public static boolean isOurs(Postgresql cluster) {
        return isAddressedToUs(cluster) && !isMarkedReleased(cluster);
    }

    /** Whether this operator looked after the resource and is told not to any more. */
    public static boolean isReleased(Postgresql cluster) {
        return isAddressedToUs(cluster) && isMarkedReleased(cluster);
    }

    /** Of several operators: the same rule as the peer's {@code CONTROLLER_ID}. */
    private static boolean isAddressedToUs(Postgresql cluster) {
        var id = ConfigProvider.getConfig()
                .getOptionalValue("CONTROLLER_ID", String.class)
                .orElse("");
        return annotation(cluster, Annotations.CONTROLLER).equals(id);
    }

    private static boolean isMarkedReleased(Postgresql cluster) {
        return Annotations.isTrue(cluster, Annotations.RELEASE);
    }

    private static String annotation(Postgresql cluster, String key) {
        var annotations = cluster.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(key, "");
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
            return isEdited(now, before);
        }
    }

    /** The same, and what the cluster controller decided about a manifest: for the parts of a cluster, which go by it. */
    public static final class Decided implements OnUpdateFilter<Postgresql> {
        @Override
        public boolean accept(Postgresql now, Postgresql before) {
            return isEdited(now, before) || !Objects.equals(decision(now), decision(before));
        }
    }

    private static boolean isEdited(Postgresql now, Postgresql before) {
        var a = now.getMetadata();
        var b = before.getMetadata();
        return !Objects.equals(a.getGeneration(), b.getGeneration())
                || !Objects.equals(a.getDeletionTimestamp(), b.getDeletionTimestamp())
                || !Objects.equals(a.getLabels(), b.getLabels())
                || !Objects.equals(a.getAnnotations(), b.getAnnotations());
    }

    private static Optional<String> decision(Postgresql cluster) {
        return Optional.ofNullable(cluster.getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), AcceptedManifest.CONDITION))
                .map(PrimaryFilters::decision);
    }

    private static String decision(Condition accepted) {
        return accepted.getStatus() + " " + accepted.getObservedGeneration();
    }
}
