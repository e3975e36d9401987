package dev.patronioperator.cluster.planning;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.plan.Deferred;
import dev.patronioperator.plan.FieldPath;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

/**
 * Which major version of PostgreSQL a cluster's pods are made for. Another one makes all pods anew, so it waits for a maintenance window
 * of the cluster; everything else the manifest asks for does not wait with it.
 *
 * <p>Until then the version of the StatefulSet stays, which is there to be read after a restart of the operator. Once it has changed the
 * rollout goes on, also when the window closes: a cluster between two versions is worse than either.
 *
 * <p>A version below that of the data is refused, as no PostgreSQL reads the data of a later one; one that the data never reached, after an upgrade that was asked
 * for and did not happen, can be taken back.
 *
 * @param model the cluster as it should be now
 * @param deferred the version that waits
 * @param refusals the version that cannot be
 */
public record VersionInForce(ClusterModel model, List<Deferred> deferred, List<PlannedStep> refusals) {

    private static final FieldPath VERSION = FieldPath.of("spec.postgresql.version");

    public VersionInForce {
        deferred = List.copyOf(deferred);
        refusals = List.copyOf(refusals);
    }

    /**
     * @param asked the cluster as the manifest describes it
     * @param present the version that the StatefulSet has; nothing before there is one
     * @param running the major version of the data; asked for only where it matters
     */
    public static VersionInForce of(
            ClusterModel asked, Optional<String> present, Supplier<Known<Integer>> running, Instant now) {
        var wanted = asked.server().version();
        if (present.isEmpty() || present.get().equals(wanted)) {
            return new VersionInForce(asked, List.of(), List.of());
        }
        return major(wanted) < major(present.get())
                ? back(asked, present.get(), running.get(), now)
                : inAWindow(asked, present.get(), now);
    }

    private static VersionInForce back(ClusterModel asked, String present, Known<Integer> running, Instant now) {
        var wanted = asked.server().version();
        return switch (running) {
            case Known.Value<Integer>(Integer version) when version <= major(wanted) -> inAWindow(asked, present, now);
            case Known.Value<Integer>(Integer version) ->
                new VersionInForce(
                        asked.withVersion(present),
                        List.of(),
                        List.of(PlannedStep.of(
                                new Step.Refuse("go back to PostgreSQL " + wanted + ": the data is that of PostgreSQL "
                                        + version),
                                Impact.FORBIDDEN,
                                reason(Reason.Code.REFUSED, present, wanted))));
            case Known.Unknown<Integer> ignored -> kept(asked, present, "a member says of which version the data is");
        };
    }

    private static VersionInForce inAWindow(ClusterModel asked, String present, Instant now) {
        var moment = now.atZone(ZoneOffset.UTC);
        if (asked.maintenance().areOpen(moment)) {
            return new VersionInForce(asked, List.of(), List.of());
        }
        var opening = asked.maintenance()
                .nextOpening(moment)
                .map(at -> " that opens at " + at.toInstant())
                .orElse("");
        return kept(asked, present, "the maintenance window" + opening);
    }

    private static VersionInForce kept(ClusterModel asked, String present, String until) {
        var wanted = asked.server().version();
        var later = new Deferred(
                "Move from PostgreSQL " + present + " to " + wanted,
                until,
                List.of(reason(Reason.Code.MANIFEST, present, wanted)));
        return new VersionInForce(asked.withVersion(present), List.of(later), List.of());
    }

    private static Reason reason(Reason.Code code, String present, String wanted) {
        return new Reason(code, Optional.of(VERSION), present, wanted);
    }

    /** Someone may have written anything into a StatefulSet; what is no version is below all of them. */
    private static int major(String version) {
        return version.matches("\\d{1,4}") ? Integer.parseInt(version) : 0;
    }
}
