package dev.patronioperator.cluster.planning;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.plan.Deferred;
import dev.patronioperator.plan.FieldPath;
import dev.patronioperator.plan.Reason;

/**
 * Which major version of PostgreSQL a cluster's pods are made for. Another one makes all pods anew, so it waits for a maintenance window
 * of the cluster; everything else the manifest asks for does not wait with it.
 *
 * <p>Until then the version of the StatefulSet stays, which is there to be read after a restart of the operator. Once it has changed the
 * rollout goes on, also when the window closes: a cluster between two versions is worse than either.
 *
 * @param model the cluster as it should be now
 * @param deferred the version that waits
 */
public record VersionInForce(ClusterModel model, List<Deferred> deferred) {

    private static final FieldPath VERSION = FieldPath.of("spec.postgresql.version");

    public VersionInForce {
        deferred = List.copyOf(deferred);
    }

    /**
     * @param asked the cluster as the manifest describes it
     * @param present the version that the StatefulSet has; nothing before there is one
     */
    public static VersionInForce of(ClusterModel asked, Optional<String> present, Instant now) {
        var wanted = asked.server().version();
        var moment = now.atZone(ZoneOffset.UTC);
        if (present.isEmpty()
                || present.get().equals(wanted)
                || asked.maintenance().areOpen(moment)) {
            return new VersionInForce(asked, List.of());
        }
        var opening = asked.maintenance()
                .nextOpening(moment)
                .map(at -> " that opens at " + at.toInstant())
                .orElse("");
        return new VersionInForce(
                asked.withVersion(present.get()),
                List.of(new Deferred(
                        "Move from PostgreSQL " + present.get() + " to " + wanted,
                        "the maintenance window" + opening,
                        List.of(new Reason(Reason.Code.MANIFEST, Optional.of(VERSION), present.get(), wanted)))));
    }
}
