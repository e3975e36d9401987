package dev.patronioperator.cluster.planning;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.api.RolledOut;
import dev.patronioperator.plan.Reason;

/**
 * What has to be remembered of the last finished rollout to notice that it would begin anew for no reason. Kept in the status, so that
 * a successor of this operator knows it too.
 *
 * @param template fingerprint of the template that all pods were made from; "" before the first rollout
 * @param since when that was found; pods made before it were right
 * @param writers the field managers that last changed the template behind the operator's back
 * @param repairs how often in a row the template was put back
 * @param repairedAt when it was last put back
 */
public record RolloutMemory(
        String template, Optional<Instant> since, List<String> writers, int repairs, Optional<Instant> repairedAt) {

    public static final RolloutMemory NONE = new RolloutMemory("", Optional.empty(), List.of(), 0, Optional.empty());

    /** Changes with more time between them are not one quarrel. */
    private static final Duration IN_A_ROW = Duration.ofHours(1);

    public RolloutMemory {
        writers = List.copyOf(writers);
    }

    public static RolloutMemory of(RolledOut status) {
        return status == null || status.template() == null
                ? NONE
                : new RolloutMemory(
                        status.template(),
                        Optional.ofNullable(status.since()).map(Instant::parse),
                        Optional.ofNullable(status.writers()).orElse(List.of()),
                        Optional.ofNullable(status.repairs()).orElse(0),
                        Optional.ofNullable(status.repairedAt()).map(Instant::parse));
    }

    /** What a cluster's status keeps. */
    public static RolloutMemory of(Postgresql cluster) {
        var status = cluster.getStatus();
        return status == null || status.plannedWith() == null
                ? NONE
                : of(status.plannedWith().rolledOut());
    }

    /** For the status; null before the first rollout. */
    public RolledOut toStatus() {
        return template.isEmpty()
                ? null
                : new RolledOut(
                        template,
                        since.map(Instant::toString).orElse(null),
                        writers.isEmpty() ? null : writers,
                        repairs == 0 ? null : Integer.valueOf(repairs),
                        repairedAt.map(Instant::toString).orElse(null));
    }

    /** All pods are made from this template; what was known of another one does not matter any more. */
    RolloutMemory finished(String rolledOut, Instant at) {
        return template.equals(rolledOut)
                ? this
                : new RolloutMemory(rolledOut, Optional.of(at), List.of(), 0, Optional.empty());
    }

    /** The template was changed by somebody and has been put back. */
    RolloutMemory repaired(List<Reason> reasons, Instant at) {
        return new RolloutMemory(
                template,
                since,
                reasons.stream()
                        .flatMap(reason -> reason.writers().stream())
                        .distinct()
                        .sorted()
                        .toList(),
                repairsInARow(at) + 1,
                Optional.of(at));
    }

    int repairsInARow(Instant at) {
        return repairedAt
                .filter(last -> last.plus(IN_A_ROW).isAfter(at))
                .map(last -> repairs)
                .orElse(0);
    }
}
