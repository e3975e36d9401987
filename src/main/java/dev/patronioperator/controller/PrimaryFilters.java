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

    /** Whether the resource is for this operator, of several: the same rule as the peer's {@code CONTROLLER_ID}. */
    public static boolean isOurs(Postgresql cluster) {
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
