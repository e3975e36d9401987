package dev.patronioperator.cluster.status;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.Condition;

import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.api.RolloutStatus;
import dev.patronioperator.cluster.observe.DatabaseLook;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.kubernetes.Conditions;
import dev.patronioperator.kubernetes.Conditions.Status;
import dev.patronioperator.kubernetes.naming.Annotations;
import dev.patronioperator.manifest.Adjustment;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

import static java.util.stream.Collectors.joining;

/**
 * Makes the status of a cluster. Pure: the same situation gives the same status, so that a status is written only when something has
 * changed for somebody.
 */
public final class ClusterStatusBuilder {

    private final Situation situation;
    private final List<Trouble> troubles;
    private final DatabaseReport database;
    private final Optional<RolloutStatus> rollout;

    private ClusterStatusBuilder(Situation situation) {
        this.situation = situation;
        this.database = new DatabaseReport(
                situation.database(),
                situation.rotations(),
                situation.previous().map(PostgresqlStatus::database),
                situation.execution());
        this.troubles = situation.observed().map(Diagnosis::of).orIfUnknown(List.of());
        this.rollout = RolloutStatuses.of(situation, troubles);
    }

    public static PostgresqlStatus build(Situation situation) {
        return new ClusterStatusBuilder(situation).build();
    }

    private PostgresqlStatus build() {
        var conditions = new Conditions(
                situation.previous().map(PostgresqlStatus::conditions).orElse(List.of()),
                situation.generation(),
                situation.now());
        ready(conditions);
        progressing(conditions);
        specAccepted(conditions);
        degraded(conditions);
        deprecatedFields(conditions);
        teams(conditions);
        var made = conditions.build();
        return new PostgresqlStatus(
                word(made),
                observedGeneration(),
                made,
                situation.observed().map(InstanceStatuses::of).orIfUnknown(previousInstances()),
                PlanStatuses.of(situation.plan(), situation.execution()),
                rollout.orElse(null),
                situation.observed().isUnknown()
                        ? situation
                                .previous()
                                .map(PostgresqlStatus::plannedWith)
                                .orElse(null)
                        : situation.plannedWith(),
                null,
                null,
                database.status());
    }

    /** While nobody was asked about teams, because something else came first, what is known of them stays. */
    private void teams(Conditions conditions) {
        TeamReport.of(situation.people()).ifPresent(report -> report.tell(conditions));
        if (situation.people().isEmpty() && situation.database() instanceof DatabaseLook.NotYet) {
            conditions.keep(ClusterCondition.TEAM_MEMBERS_KNOWN.type());
        }
    }

    private List<dev.patronioperator.api.InstanceStatus> previousInstances() {
        return situation.previous().map(PostgresqlStatus::instances).orElse(List.of());
    }

    /** A generation counts as looked at once it has been planned; a refused one never does. */
    private Long observedGeneration() {
        boolean planned =
                situation.problems().isEmpty() && !situation.observed().isUnknown();
        return planned
                ? Long.valueOf(situation.generation())
                : situation.previous().map(PostgresqlStatus::observedGeneration).orElse(null);
    }

    private void ready(Conditions conditions) {
        var type = ClusterCondition.READY.type();
        switch (situation.observed()) {
            case Known.Unknown<ObservedCluster>(String because) ->
                conditions.with(type, Status.UNKNOWN, ClusterReason.UNKNOWN.value(), because);
            case Known.Value<ObservedCluster>(ObservedCluster observed) -> ready(conditions, type, observed);
        }
    }

    private void ready(Conditions conditions, String type, ObservedCluster observed) {
        var primary = situation.wanted().standby()
                ? observed.leader().filter(ObservedInstance::isUp)
                : observed.writablePrimary();
        if (primary.isPresent() && database.problem().isPresent()) {
            conditions.with(
                    type,
                    Status.FALSE,
                    database.reason().value(),
                    primary.get().name() + " takes writes, but "
                            + database.problem().get());
        } else if (primary.isPresent()) {
            conditions.with(
                    type,
                    Status.TRUE,
                    (situation.wanted().standby() ? ClusterReason.STANDBY_FOLLOWS : ClusterReason.PRIMARY_WRITABLE)
                            .value(),
                    primary.get().name()
                            + (situation.wanted().standby() ? " follows the source cluster" : " takes writes"));
        } else if (situation.hasAcceptedSpec() && situation.wanted().instances() == 0) {
            conditions.with(type, Status.FALSE, ClusterReason.STOPPED.value(), "The manifest asks for no instances");
        } else if (!troubles.isEmpty()) {
            conditions.with(type, Status.FALSE, troubles.getFirst().kind().reason(), messages(troubles));
        } else if (hasBeenReady() && observed.dcs().config().isInitialized()) {
            conditions.with(type, Status.FALSE, ClusterReason.NO_PRIMARY.value(), whyNoPrimary(observed));
        } else {
            conditions.with(
                    type,
                    Status.FALSE,
                    ClusterReason.CREATING.value(),
                    "There is no primary yet: the first one is being set up" + doing());
        }
    }

    private String whyNoPrimary(ObservedCluster observed) {
        var holder = observed.dcs().leader().leader();
        var who = holder.map(name -> name + " holds the leader key, but "
                        + observed.instance(name)
                                .map(i -> i.isReady()
                                        ? "is "
                                                + i.patroni()
                                                        .map(p -> p.state().toString())
                                                        .orIfUnknown("silent")
                                        : "its pod is not ready")
                                .orElse("its pod is gone"))
                .orElse("Nobody holds the leader key");
        return who + ". Patroni fails over by itself if a member can take over; see: kubectl exec "
                + observed.instances().stream()
                        .findFirst()
                        .map(ObservedInstance::name)
                        .orElse("POD")
                + " -- patronictl list";
    }

    private String doing() {
        return situation.execution().pending().stream()
                .findFirst()
                .map(p -> "; waiting for " + p.waitingFor())
                .orElse("");
    }

    private void progressing(Conditions conditions) {
        var type = ClusterCondition.PROGRESSING.type();
        var pending = situation.execution().pending();
        if (!pending.isEmpty()) {
            conditions.with(
                    type,
                    Status.TRUE,
                    ClusterReason.WAITING.value(),
                    rollout.map(r -> r.progress() + "; waiting for ").orElse("Waiting for ")
                            + pending.stream()
                                    .map(Outcome.Pending::waitingFor)
                                    .distinct()
                                    .collect(joining("; ")));
        } else if (situation.plan().changesAnything()) {
            conditions.with(type, Status.TRUE, ClusterReason.APPLYING.value(), planInShort());
        } else if (isIncomplete()) {
            conditions.with(type, Status.TRUE, ClusterReason.WAITING.value(), missingInstances());
        } else {
            conditions.with(
                    type,
                    Status.FALSE,
                    ClusterReason.SETTLED.value(),
                    "Everything is as the manifest in force says" + leftForLater());
        }
    }

    private String leftForLater() {
        var deferred = situation.plan().deferred();
        return deferred.isEmpty()
                ? ""
                : ", but for what is left for later: "
                        + deferred.stream()
                                .map(later -> later.what() + ", until " + later.until())
                                .collect(joining("; "));
    }

    private String planInShort() {
        return situation.plan().steps().stream()
                .map(PlannedStep::step)
                .map(Step::text)
                .collect(joining("; "));
    }

    private String accepted() {
        var adjustments = situation.wanted().adjustments();
        return adjustments.isEmpty()
                ? "The manifest is valid"
                : adjustments.stream()
                        .map(Adjustment::toString)
                        .collect(joining("\n", "The manifest is valid. Not all of it is as asked:\n", ""));
    }

    private void specAccepted(Conditions conditions) {
        var type = ClusterCondition.SPEC_ACCEPTED.type();
        if (situation.problems().isEmpty()) {
            conditions.with(type, Status.TRUE, ClusterReason.ACCEPTED.value(), accepted());
        } else {
            conditions.with(
                    type,
                    Status.FALSE,
                    ClusterReason.INVALID.value(),
                    String.join("\n", situation.problems())
                            + (situation.hasAcceptedSpec()
                                    ? "\nThe last accepted manifest stays in force."
                                    : "\nNothing is made until this is corrected."));
        }
    }

    private void degraded(Conditions conditions) {
        var type = ClusterCondition.DEGRADED.type();
        var failures = situation.execution().failures();
        var taken = refusals(situation.plan(), ClusterStatusBuilder::isOfTakenName);
        var refusals = refusals(situation.plan(), any -> true);
        if (!troubles.isEmpty()) {
            conditions.with(type, Status.TRUE, troubles.getFirst().kind().reason(), messages(troubles));
        } else if (!failures.isEmpty()) {
            conditions.with(
                    type,
                    Status.TRUE,
                    ClusterReason.STEP_FAILED.value(),
                    failures.stream().map(Outcome.Failed::problem).distinct().collect(joining("\n"))
                            + "\nIt is tried again.");
        } else if (flapping().isPresent()) {
            conditions.with(
                    type,
                    Status.TRUE,
                    ClusterReason.FLAPPING_FIELD.value(),
                    flapping().get());
        } else if (taken.isPresent()) {
            conditions.with(
                    type,
                    Status.TRUE,
                    ClusterReason.NAME_TAKEN.value(),
                    taken.get() + "\nRename or delete it, or give the cluster another name.");
        } else if (refusals.isPresent()) {
            conditions.with(type, Status.TRUE, ClusterReason.STEP_REFUSED.value(), refusals.get());
        } else if (hasBeenReady() && isIncomplete()) {
            conditions.with(type, Status.TRUE, ClusterReason.INSTANCES_MISSING.value(), missingInstances());
        } else {
            conditions.with(type, Status.FALSE, ClusterReason.HEALTHY.value(), "Nothing is wrong");
        }
    }

    private Optional<String> flapping() {
        return situation.plan().steps().stream()
                .filter(step -> step.reasons().stream().anyMatch(reason -> reason.code() == Reason.Code.FLAPPING))
                .findFirst()
                .map(step -> "Somebody changes what neither manifest nor configuration asks for; nothing is restarted. "
                        + step.step().text()
                        + ".\n"
                        + step.reasons().stream().map(Object::toString).collect(joining("\n"))
                        + "\nStop who writes it. To have a Pod made anew all the same, annotate it with "
                        + Annotations.ROLLING_UPDATE_REQUIRED
                        + "=true, or edit the manifest.");
    }

    private void deprecatedFields(Conditions conditions) {
        var deprecated = situation.wanted().deprecated();
        if (!deprecated.isEmpty()) {
            conditions.with(
                    ClusterCondition.DEPRECATED_FIELDS.type(),
                    Status.TRUE,
                    ClusterReason.SUCCESSOR_EXISTS.value(),
                    String.join("\n", deprecated));
        }
    }

    private static boolean isOfTakenName(PlannedStep refusal) {
        return refusal.reasons().stream().anyMatch(reason -> reason.code() == Reason.Code.NAME_TAKEN);
    }

    private static Optional<String> refusals(Plan plan, Predicate<PlannedStep> which) {
        var refused = plan.steps().stream()
                .filter(s -> s.step() instanceof Step.Refuse)
                .filter(which)
                .map(s -> s.step().text() + ": "
                        + s.reasons().stream().map(Object::toString).collect(joining("; ")))
                .toList();
        return refused.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", refused));
    }

    private boolean isIncomplete() {
        return situation.hasAcceptedSpec()
                && !situation.observed().isUnknown()
                && up() < situation.wanted().instances();
    }

    private long up() {
        return situation
                .observed()
                .map(o -> o.instances().stream().filter(ObservedInstance::isUp).count())
                .orIfUnknown(0L);
    }

    private String missingInstances() {
        return up() + " of " + situation.wanted().instances() + " instances are up";
    }

    private static String messages(List<Trouble> troubles) {
        return troubles.stream().map(Trouble::message).collect(Collectors.joining("\n"));
    }

    private boolean hasBeenReady() {
        return situation
                .previous()
                .map(PostgresqlStatus::postgresClusterStatus)
                .filter(StatusWord::hasRun)
                .isPresent();
    }

    private String word(List<Condition> conditions) {
        boolean ran = hasBeenReady();
        boolean failed = !situation.execution().failures().isEmpty() || !troubles.isEmpty();
        if (!situation.problems().isEmpty()) {
            return (ran || situation.hasAcceptedSpec() ? StatusWord.UPDATE_FAILED : StatusWord.CREATE_FAILED).value();
        }
        if (situation.observed().isUnknown()) {
            return situation
                    .previous()
                    .map(PostgresqlStatus::postgresClusterStatus)
                    .orElse(StatusWord.CREATING.value());
        }
        boolean progressing = Conditions.isTrue(conditions, ClusterCondition.PROGRESSING.type());
        if (failed) {
            return (ran ? failure() : StatusWord.CREATE_FAILED).value();
        }
        if (progressing) {
            return (ran ? StatusWord.UPDATING : StatusWord.CREATING).value();
        }
        boolean up =
                situation.wanted().instances() == 0 || Conditions.isTrue(conditions, ClusterCondition.READY.type());
        return (up ? StatusWord.RUNNING : ran ? StatusWord.SYNC_FAILED : StatusWord.CREATING).value();
    }

    /** The peer's two words for trouble after creation: with an edit that was not settled yet, or without one. */
    private StatusWord failure() {
        boolean newManifest = situation
                .previous()
                .map(PostgresqlStatus::observedGeneration)
                .filter(g -> g == situation.generation())
                .isEmpty();
        return newManifest ? StatusWord.UPDATE_FAILED : StatusWord.SYNC_FAILED;
    }
}
