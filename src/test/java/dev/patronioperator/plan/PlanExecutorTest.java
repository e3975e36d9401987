package dev.patronioperator.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PlanExecutorTest {

    private final List<String> carriedOut = new ArrayList<>();

    private static PlannedStep step(String name, Impact impact) {
        return PlannedStep.of(
                new Step.Delete(new ObjectRef("v1", "Pod", "ns", name), "uid"), impact, Reason.of(Reason.Code.DRIFT));
    }

    private static PlannedStep await(String what) {
        return PlannedStep.of(
                new Step.Await(what, Duration.ofSeconds(1)), Impact.NONE, Reason.of(Reason.Code.POD_OUTDATED));
    }

    private Execution execute(List<PlannedStep> steps, Function<Step, Outcome> outcome) {
        return PlanExecutor.execute(new Plan(steps), planned -> {
            carriedOut.add(planned.step().text());
            return outcome.apply(planned.step());
        });
    }

    private static Outcome done(Step step) {
        return step instanceof Step.Await(String what, Duration in)
                ? new Outcome.Pending(what, in)
                : new Outcome.Done();
    }

    @Test
    void onlyOneDisruptiveStepIsTakenAtATime() {
        var execution = execute(
                List.of(step("a", Impact.RECREATE), step("b", Impact.RECREATE), step("c", Impact.NONE)),
                PlanExecutorTest::done);

        assertThat(carriedOut).containsExactly("Delete Pod a", "Delete Pod c");
        assertThat(execution.pending()).hasSize(1);
        assertThat(execution.checkAgainIn()).isPresent();
    }

    @Test
    void harmlessStepsGoOnWhenADisruptiveOneFails() {
        var execution = execute(
                List.of(step("a", Impact.RESTART), step("b", Impact.NONE)),
                s -> s.text().endsWith("a") ? new Outcome.Failed("refused") : new Outcome.Done());

        assertThat(carriedOut).containsExactly("Delete Pod a", "Delete Pod b");
        assertThat(execution.failures()).extracting(Outcome.Failed::problem).containsExactly("refused");
    }

    @Test
    void nothingDisruptiveBeginsBehindAWait() {
        execute(
                List.of(await("the replica"), step("a", Impact.RECREATE), step("b", Impact.NONE)),
                PlanExecutorTest::done);

        assertThat(carriedOut).containsExactly("Wait for the replica", "Delete Pod b");
    }

    @Test
    void aDisruptiveStepThatHadNothingToDoHoldsNobodyBack() {
        execute(List.of(step("a", Impact.RECREATE), step("b", Impact.RECREATE)), s -> new Outcome.Unchanged());

        assertThat(carriedOut).hasSize(2);
    }

    @Test
    void theImpactOfAPlanIsTheGreatestOfItsSteps() {
        var plan = new Plan(List.of(step("a", Impact.NONE), step("b", Impact.SWITCHOVER), step("c", Impact.RECREATE)));

        assertThat(plan.impact()).isEqualTo(Impact.SWITCHOVER);
        assertThat(Plan.EMPTY.impact()).isEqualTo(Impact.NONE);
    }
}
