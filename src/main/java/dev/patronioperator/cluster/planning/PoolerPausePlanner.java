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
 * Keeps clients of the primary's pooler waiting while the primary moves or restarts, where their queries would fail.
 *
 * <p>Nobody is kept waiting for longer than {@link PoolerPause#LONGEST}, whatever becomes of it, and nobody for what is not planned any
 * more. Who is paused is noted before it happens, so that a successor of this operator lets them go on. Letting
 * them go on is the first step of a plan, and nobody looks into databases or asks about teams before it is done.
 */
final class PoolerPausePlanner {

    private static final Duration CHECK_AGAIN = Duration.ofSeconds(1);

    private final PrimaryPooler pooler;
    private final ObservedCluster observed;
    private final Optional<PoolerPause> noted;

    /**
     * When the primary takes no writes.
     *
     * @param place the step that begins it
     * @param primary that leads before
     */
    private record Gap(int place, String primary, Reason.Code because, String until) {}

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
        var gap = gap(steps);
        if (pause.isPresent()) {
            return paused(pause.get(), steps, gap);
        }
        boolean allowed = pooler.pausable()
                && noted.filter(last -> last.forbidsAnother(observed.at())).isEmpty();
        return allowed && gap.isPresent() ? pausing(steps, gap.get()) : steps;
    }

    private List<PlannedStep> paused(PoolerPause pause, List<PlannedStep> steps, Optional<Gap> gap) {
        var primary = observed.writablePrimary().map(ObservedInstance::name);
        if (primary.isPresent() && !primary.get().equals(pause.from())) {
            return first(resume(primary.get() + " takes writes", false), steps);
        }
        if (pause.isTooLong(observed.at())) {
            return first(resume("since " + pause.since() + ", and " + pause.from() + " is what it was", true), steps);
        }
        if (gap.isPresent()) {
            return after(gap.get(), steps);
        }
        return primary.isPresent()
                ? first(resume("nothing is about to happen to " + pause.from(), isToCome(pause.from(), steps)), steps)
                : first(await(), first(resume("once a member takes writes", false), steps));
    }

    private List<PlannedStep> pausing(List<PlannedStep> steps, Gap gap) {
        var with = after(gap, steps);
        with.add(
                gap.place(),
                PlannedStep.of(
                        new Step.PausePooler(named(), gap.primary()),
                        Impact.NONE,
                        Reason.of(gap.because(), "queries wait for it instead of failing")));
        return with;
    }

    private Optional<Gap> gap(List<PlannedStep> steps) {
        return IntStream.range(0, steps.size())
                .boxed()
                .flatMap(place -> gap(place, steps.get(place).step()).stream())
                .findFirst();
    }

    private Optional<Gap> gap(int place, Step step) {
        return switch (step) {
            case Step.Switchover move ->
                Optional.of(
                        new Gap(place, move.from(), Reason.Code.PRIMARY_MUST_MOVE, "once another member takes writes"));
            case Step.RestartPostgres restart
            when leads(restart.member()) ->
                Optional.of(new Gap(
                        place,
                        restart.member(),
                        Reason.Code.PENDING_RESTART,
                        "once " + restart.member() + " takes writes again"));
            default -> Optional.empty();
        };
    }

    /** Whether what clients have waited for has not happened; else a restart may have. */
    private static boolean isToCome(String primary, List<PlannedStep> steps) {
        return steps.stream().map(PlannedStep::step).anyMatch(step -> switch (step) {
            case Step.RecreatePod pod -> pod.pod().name().equals(primary);
            case Step.RestartPostgres restart -> restart.member().equals(primary);
            case Step.Await ignored -> true;
            default -> false;
        });
    }

    private boolean leads(String member) {
        return observed.leader().filter(leader -> leader.name().equals(member)).isPresent();
    }

    private static List<PlannedStep> first(PlannedStep step, List<PlannedStep> steps) {
        var all = new ArrayList<>(List.of(step));
        all.addAll(steps);
        return all;
    }

    private List<PlannedStep> after(Gap gap, List<PlannedStep> steps) {
        var all = new ArrayList<>(steps);
        all.add(gap.place() + 1, resume(gap.until(), false));
        return all;
    }

    private PlannedStep resume(String why, boolean inVain) {
        return PlannedStep.of(
                new Step.ResumePooler(named(), inVain), Impact.NONE, Reason.of(Reason.Code.POOLER_PAUSED, why));
    }

    private PlannedStep await() {
        return PlannedStep.of(
                new Step.Await("a primary that takes writes", CHECK_AGAIN),
                Impact.NONE,
                Reason.of(Reason.Code.POOLER_PAUSED, "clients wait for it"));
    }

    private Step.Pooler named() {
        return new Step.Pooler(pooler.name(), pooler.selector(), pooler.user(), pooler.credentials(), pooler.service());
    }
}
