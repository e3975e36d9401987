package dev.patronioperator.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import org.junit.jupiter.api.Test;

import dev.patronioperator.api.PlannedWith;
import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.api.RolledOut;
import dev.patronioperator.plan.Execution;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

import static org.assertj.core.api.Assertions.assertThat;

class ClusterPassTest {

    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final RolledOut FIRST = new RolledOut("fingerprint", NOON.toString(), null, null, null);

    @Test
    void whatWasWrittenIsLookedAtAtOnceAndSaidThen() {
        var pass = pass(new Outcome.Done(), NOON, null);

        assertThat(pass.checkAgainIn()).isLessThan(Duration.ofSeconds(1));
        assertThat(pass.isOvertakenAtOnce(Optional.empty())).isTrue();
    }

    @Test
    void whoWritesAgainAndAgainIsLookedAtLessOften() {
        assertThat(pass(new Outcome.Done(), NOON.minusSeconds(8), null).checkAgainIn())
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(pass(new Outcome.Done(), NOON.minusSeconds(3600), null).checkAgainIn())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whatOnlyWaitsIsLookedAtLessAndLessOften() {
        assertThat(waiting(NOON.minusSeconds(2)).checkAgainIn()).isEqualTo(Duration.ofSeconds(5));
        assertThat(waiting(NOON.minusSeconds(20)).checkAgainIn()).isEqualTo(Duration.ofSeconds(10));
        assertThat(waiting(NOON.minusSeconds(3600)).checkAgainIn()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aFailureIsToldAtOnceAndNotTriedAgainAtOnce() {
        var pass = pass(new Outcome.Failed("no"), NOON, null);

        assertThat(pass.isOvertakenAtOnce(Optional.empty())).isFalse();
        assertThat(pass.checkAgainIn()).isGreaterThan(Duration.ofSeconds(5));
    }

    @Test
    void whatIsStillToBeWaitedForIsTold() {
        var pass = pass(new Outcome.Pending("its pods", Duration.ofSeconds(2)), NOON, null);

        assertThat(pass.isOvertakenAtOnce(Optional.empty())).isFalse();
        assertThat(pass.checkAgainIn()).isEqualTo(Duration.ofSeconds(2));
    }

    /** That a template was put back is counted in the status, and nowhere else. */
    @Test
    void whatIsRememberedInTheStatusIsWritten() {
        var pass = pass(new Outcome.Done(), NOON, FIRST);

        assertThat(pass.isOvertakenAtOnce(Optional.of(status(NOON, null)))).isFalse();
        assertThat(pass.isOvertakenAtOnce(Optional.of(status(NOON, FIRST)))).isTrue();
    }

    private static ClusterPass pass(Outcome outcome, Instant progressingSince, RolledOut rolledOut) {
        var step = PlannedStep.of(
                new Step.Apply(
                        new ServiceBuilder()
                                .withNewMetadata()
                                .withName("orders")
                                .endMetadata()
                                .build(),
                        List.of()),
                Impact.NONE,
                Reason.of(Reason.Code.MISSING));
        return new ClusterPass(
                new Plan(List.of(step)),
                new Execution(List.of(new Execution.Result(step, outcome))),
                status(progressingSince, rolledOut),
                NOON);
    }

    private static ClusterPass waiting(Instant since) {
        return new ClusterPass(Plan.EMPTY, Execution.NOTHING, status(since, null), NOON);
    }

    private static PostgresqlStatus status(Instant progressingSince, RolledOut rolledOut) {
        var progressing = new ConditionBuilder()
                .withType("Progressing")
                .withStatus("True")
                .withLastTransitionTime(progressingSince.toString())
                .build();
        return new PostgresqlStatus(
                "Updating",
                1L,
                List.of(progressing),
                List.of(),
                null,
                null,
                new PlannedWith("configuration", "version").with(rolledOut),
                null,
                null,
                null);
    }
}
