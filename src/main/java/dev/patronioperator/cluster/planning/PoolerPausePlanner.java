package dev.patronioperator.cluster.planning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.patronioperator.cluster.model.PrimaryPooler;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.cluster.observe.PoolerPause;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

/**
 * Keeps clients of the primary's pooler waiting while the primary moves, where their queries would fail.
 *
 * <p>Nobody is kept waiting for longer than {@link PoolerPause#LONGEST}, whatever becomes of the switchover, and nobody for a switchover
 * that is not planned any more. Who is paused is noted before it happens, so that a successor of this operator lets them go on. Letting
 * them go on is the first step of a plan: it waits for nothing else.
 */
final class PoolerPausePlanner {

    private static final Duration CHECK_AGAIN = Duration.ofSeconds(1);

    private final PrimaryPooler pooler;
    private final ObservedCluster observed;
    private final Optional<PoolerPause> noted;

    private PoolerPausePlanner(PrimaryPooler pooler, ObservedCluster observed) {
        this.pooler = pooler;
        this.observed = observed;
        this.noted = observed.find(pooler.service()).flatMap(PoolerPause::notedOn);
    }

    /** The steps, with what has to be said to the pooler among them. */
    static List<PlannedStep> around(List<PlannedStep> steps, Optional<PrimaryPooler> pooler, ObservedCluster observed) {
        return pooler.map(one -> new PoolerPausePlanner(one, observed).around(steps))
                .orElse(steps);
    }

    private List<PlannedStep> around(List<PlannedStep> steps) {
        var pause = noted.filter(PoolerPause::isInForce);
        var move = switchover(steps);
        if (pause.isPresent()) {
            return paused(pause.get(), steps, move);
        }
        boolean allowed = pooler.pausable()
                && noted.filter(last -> last.forbidsAnother(observed.at())).isEmpty();
        return allowed && move.isPresent() ? pausing(steps, move.get()) : steps;
    }

    private List<PlannedStep> paused(PoolerPause pause, List<PlannedStep> steps, Optional<Integer> move) {
        var primary = observed.writablePrimary().map(ObservedInstance::name);
        if (primary.isPresent() && !primary.get().equals(pause.from())) {
            return first(resume(primary.get() + " takes writes", false), steps);
        }
        if (pause.isTooLong(observed.at())) {
            return first(
                    resume("since " + pause.since() + ", and " + pause.from() + " has not been relieved", true), steps);
        }
        if (move.isPresent()) {
            return after(move.get(), steps, resume("once another member takes writes", false));
        }
        return primary.isPresent()
                ? first(resume("nobody is about to relieve " + pause.from(), true), steps)
                : first(await(), first(resume("once another member takes writes", false), steps));
    }

    private List<PlannedStep> pausing(List<PlannedStep> steps, int move) {
        var from = ((Step.Switchover) steps.get(move).step()).from();
        var with = after(move, steps, resume("once another member takes writes", false));
        with.add(
                move,
                PlannedStep.of(
                        new Step.PausePooler(named(), from),
                        Impact.NONE,
                        Reason.of(Reason.Code.PRIMARY_MUST_MOVE, "queries wait for it instead of failing")));
        return with;
    }

    private static Optional<Integer> switchover(List<PlannedStep> steps) {
        return IntStream.range(0, steps.size())
                .filter(i -> steps.get(i).step() instanceof Step.Switchover)
                .boxed()
                .findFirst();
    }

    private static List<PlannedStep> first(PlannedStep step, List<PlannedStep> steps) {
        var all = new ArrayList<>(List.of(step));
        all.addAll(steps);
        return all;
    }

    private static List<PlannedStep> after(int place, List<PlannedStep> steps, PlannedStep step) {
        var all = new ArrayList<>(steps);
        all.add(place + 1, step);
        return all;
    }

    private PlannedStep resume(String why, boolean inVain) {
        return PlannedStep.of(
                new Step.ResumePooler(named(), inVain), Impact.NONE, Reason.of(Reason.Code.POOLER_PAUSED, why));
    }

    private PlannedStep await() {
        return PlannedStep.of(
                new Step.Await("the new primary to take writes", CHECK_AGAIN),
                Impact.NONE,
                Reason.of(Reason.Code.POOLER_PAUSED, "clients wait for it"));
    }

    private Step.Pooler named() {
        return new Step.Pooler(pooler.name(), pooler.selector(), pooler.user(), pooler.credentials(), pooler.service());
    }
}
