package dev.patronioperator.cluster.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.patronioperator.api.PlannedWith;
import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.api.RotationStatus;
import dev.patronioperator.cluster.model.HumanRoles;
import dev.patronioperator.cluster.observe.DatabaseLook;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.manifest.Adjustment;
import dev.patronioperator.plan.Execution;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.Plan;

/**
 * All that the status of a cluster follows from.
 *
 * @param previous the status before this reconcile; empty for a new cluster
 * @param generation the generation of the manifest that was looked at
 * @param problems what is wrong with the manifest, one line each; if there are any, an older manifest is in force or none
 * @param hasAcceptedSpec whether there is any manifest in force
 * @param wanted what the manifest in force asks for
 * @param observed the facts, or why there are none
 * @param database what is known of the inside of PostgreSQL
 * @param people who has a role for being in a team; empty where the inside of PostgreSQL is not the operator's to look after, and where nobody
 *     was asked this time
 * @param rotations whose passwords are changed next, and when
 * @param plannedWith what the plan was made from besides the manifest
 * @param now the moment
 */
public record Situation(
        Optional<PostgresqlStatus> previous,
        long generation,
        List<String> problems,
        boolean hasAcceptedSpec,
        Wanted wanted,
        Known<ObservedCluster> observed,
        Plan plan,
        Execution execution,
        DatabaseLook database,
        Optional<HumanRoles> people,
        List<RotationStatus> rotations,
        PlannedWith plannedWith,
        Instant now) {

    /**
     * What the manifest in force asks for, as far as the status depends on it.
     *
     * @param instances how many instances
     * @param standby whether the cluster follows another one and takes no writes
     * @param deprecated what its manifest should not use any more, one sentence each
     * @param adjustments what it asks for and does not get as asked
     */
    public record Wanted(int instances, boolean standby, List<String> deprecated, List<Adjustment> adjustments) {
        public Wanted {
            deprecated = List.copyOf(deprecated);
            adjustments = List.copyOf(adjustments);
        }

        public Wanted(int instances, boolean standby, List<String> deprecated) {
            this(instances, standby, deprecated, List.of());
        }

        public Wanted(int instances, boolean standby) {
            this(instances, standby, List.of());
        }
    }

    public Situation {
        problems = List.copyOf(problems);
        rotations = List.copyOf(rotations);
    }
}
