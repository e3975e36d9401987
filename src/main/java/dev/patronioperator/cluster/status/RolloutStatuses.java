package dev.patronioperator.cluster.status;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.api.RolloutStatus;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Step;

/** How far a rollout has come, from what is still planned; only its beginning is remembered, in the status itself. */
final class RolloutStatuses {

    private enum Phase {
        RENEWING_REPLICAS("RenewingReplicas"),
        SWITCHING_OVER("SwitchingOver"),
        RENEWING_PRIMARY("RenewingPrimary"),
        RESTARTING("RestartingPostgreSQL"),
        HALTED("Halted");

        private final String word;

        Phase(String word) {
            this.word = word;
        }
    }

    private RolloutStatuses() {}

    /** Nothing if no pod is to be made anew and no PostgreSQL to be restarted. */
    static Optional<RolloutStatus> of(Situation situation, List<Trouble> troubles) {
        return situation
                .observed()
                .map(observed -> of(situation, observed, troubles))
                .orIfUnknown(previous(situation));
    }

    private static Optional<RolloutStatus> previous(Situation situation) {
        return situation.previous().map(PostgresqlStatus::rollout);
    }

    private static Optional<RolloutStatus> of(Situation situation, ObservedCluster observed, List<Trouble> troubles) {
        var steps = situation.plan().steps().stream().map(PlannedStep::step).toList();
        long renewals =
                steps.stream().filter(Step.RecreatePod.class::isInstance).count();
        long restarts =
                steps.stream().filter(Step.RestartPostgres.class::isInstance).count();
        return steps.stream()
                .filter(RolloutStatuses::isOfRollout)
                .findFirst()
                .filter(next -> renewals + restarts > 0)
                .map(next -> new RolloutStatus(
                        (troubles.isEmpty() ? phase(next, observed) : Phase.HALTED).word,
                        renewals > 0
                                ? done(renewals, observed) + " Pods renewed"
                                : done(restarts, observed) + " instances restarted",
                        instance(next),
                        began(situation),
                        renewals > 0 ? revision(observed).orElse(null) : null));
    }

    private static boolean isOfRollout(Step step) {
        return step instanceof Step.RecreatePod
                || step instanceof Step.Switchover
                || step instanceof Step.RestartPostgres;
    }

    private static Phase phase(Step next, ObservedCluster observed) {
        return switch (next) {
            case Step.Switchover ignored -> Phase.SWITCHING_OVER;
            case Step.RestartPostgres ignored -> Phase.RESTARTING;
            default ->
                observed.leader().filter(l -> l.name().equals(instance(next))).isPresent()
                        ? Phase.RENEWING_PRIMARY
                        : Phase.RENEWING_REPLICAS;
        };
    }

    private static String instance(Step next) {
        return switch (next) {
            case Step.RecreatePod recreate -> recreate.pod().name();
            case Step.Switchover switchover -> switchover.from();
            case Step.RestartPostgres restart -> restart.member();
            default -> "";
        };
    }

    private static String done(long left, ObservedCluster observed) {
        int all = observed.instances().size();
        return Math.max(0, all - left) + " of " + all;
    }

    private static String began(Situation situation) {
        return previous(situation)
                .map(RolloutStatus::startedAt)
                .orElseGet(() -> situation.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static Optional<String> revision(ObservedCluster observed) {
        return observed.statefulSet().map(StatefulSet::getStatus).map(status -> status.getUpdateRevision());
    }
}
