package dev.patronioperator.controller;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import io.fabric8.kubernetes.api.model.Condition;

import dev.patronioperator.api.PartStatus;
import dev.patronioperator.api.PlannedWith;
import dev.patronioperator.api.Postgresql;
import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.controller.observe.ObservedObjects;
import dev.patronioperator.controller.observe.PartObserver;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.controller.planning.PartAdoption;
import dev.patronioperator.controller.planning.PartObjects;
import dev.patronioperator.controller.planning.PartPlanner;
import dev.patronioperator.controller.planning.PartRepairs;
import dev.patronioperator.controller.status.PartCondition;
import dev.patronioperator.kubernetes.Conditions;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.kubernetes.naming.Annotations;
import dev.patronioperator.plan.Effects;
import dev.patronioperator.plan.Execution;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlanExecutor;
import dev.patronioperator.settings.Settings;

/**
 * What happens to a part of a cluster, from top to bottom: what is wanted, what there is, what is to be done about it, saying so, doing
 * it, and saying how things are. The controller, the command line and the tests run this same code; only the controller hands in
 * effects that act.
 */
public final class PartPipeline {

    private static final ObservedObjects NONE = new ObservedObjects(Map.of());

    private final ClusterPart part;
    private final PartPlanner planner;
    private final OperatorVersion version;
    private final Clock clock;

    public PartPipeline(ClusterPart part, ObjectTrees trees, OperatorVersion version, Clock clock) {
        this.part = part;
        this.planner = new PartPlanner(trees);
        this.version = version;
        this.clock = clock;
    }

    /**
     * What one look without acting came to.
     *
     * @param left what is left as another operator made it
     */
    public record Look(PartObjects desired, Known<ObservedObjects> observed, Plan plan, Map<String, String> left) {}

    /**
     * What one look came to.
     *
     * @param status the part's own part of the status, which says nothing if the cluster does not have the part
     * @param changed whether it is another one than before
     */
    public record Pass(Plan plan, Execution execution, PostgresqlStatus status, boolean changed) {}

    /**
     * Everything but acting.
     *
     * @param manifest the one in force
     */
    public Look look(Postgresql manifest, Settings settings, ObjectReader reader) {
        var desired = part.desired(manifest, settings, reader);
        var observed = PartObserver.observe(part.scope(manifest, settings), desired.wanted(), reader);
        var why = explanation(manifest, version.plannedWith(settings));
        var adoption = new PartAdoption(isFirstSight(manifest), isApproved(manifest), left(manifest));
        var planned = observed.map(facts -> planner.plan(desired, facts, why, adoption, repairs(manifest)))
                .orIfUnknown(new PartPlanner.Planned(Plan.EMPTY, adoption.left()));
        return new Look(desired, observed, planned.plan(), planned.left());
    }

    /**
     * Looks at the part and acts on it.
     *
     * @param announce told of the plan before anything is done
     * @param effects makes the effects for the observed facts
     */
    Pass run(
            Postgresql manifest,
            Settings settings,
            ObjectReader reader,
            Consumer<Plan> announce,
            Function<ObservedObjects, Effects> effects) {
        var look = look(manifest, settings, reader);
        announce.accept(look.plan());
        var execution = look.observed()
                .map(facts -> PlanExecutor.execute(look.plan(), effects.apply(facts)))
                .orIfUnknown(Execution.NOTHING);
        var before = Optional.ofNullable(manifest.getStatus());
        var previous = before.flatMap(status -> Conditions.find(status.conditions(), part.condition()));
        var now = condition(manifest, look, execution);
        var putBack = repairs(manifest).after(execution, planner.templates(look.desired()));
        var partNow =
                look.desired().isWanted() ? PartStatus.of(version.plannedWith(settings), look.left(), putBack) : null;
        return new Pass(
                look.plan(),
                execution,
                part.status(now.stream().toList(), partNow),
                !now.equals(previous)
                        || !Objects.equals(partNow, before.map(part::of).orElse(null)));
    }

    private Optional<Condition> condition(Postgresql manifest, Look look, Execution execution) {
        if (!look.desired().isWanted()) {
            return Optional.empty();
        }
        var finding = PartCondition.of(
                look.observed(),
                look.plan(),
                execution,
                () -> part.finding(look.desired(), look.observed().orIfUnknown(NONE)));
        return new Conditions(previous(manifest), manifest.getMetadata().getGeneration(), clock.instant())
                .with(part.condition(), finding.status(), finding.reason().value(), finding.message()).build().stream()
                        .findFirst();
    }

    private static List<Condition> previous(Postgresql manifest) {
        return manifest.getStatus() == null ? List.of() : manifest.getStatus().conditions();
    }

    private boolean isFirstSight(Postgresql manifest) {
        return Conditions.find(previous(manifest), part.condition()).isEmpty();
    }

    private static boolean isApproved(Postgresql manifest) {
        return Annotations.isTrue(manifest, Annotations.APPROVE_DEFERRED);
    }

    private Map<String, String> left(Postgresql manifest) {
        return Optional.ofNullable(manifest.getStatus())
                .map(part::of)
                .map(PartStatus::left)
                .orElse(Map.of());
    }

    private PartRepairs repairs(Postgresql manifest) {
        return new PartRepairs(
                Optional.ofNullable(manifest.getStatus())
                        .map(part::of)
                        .map(PartStatus::putBack)
                        .orElse(Map.of()),
                clock.instant());
    }

    /** What the part was last planned with stands in its own condition and status. */
    private Explanation explanation(Postgresql manifest, PlannedWith now) {
        var condition = Conditions.find(previous(manifest), part.condition());
        var before = Optional.ofNullable(manifest.getStatus()).map(part::of).map(PartStatus::plannedWith);
        return condition
                .map(then -> Explanation.since(
                        !Objects.equals(
                                then.getObservedGeneration(),
                                manifest.getMetadata().getGeneration()),
                        before,
                        now))
                .orElse(Explanation.NEW_MANIFEST);
    }
}
