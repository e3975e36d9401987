package dev.patronioperator.cluster.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import org.junit.jupiter.api.Test;

import dev.patronioperator.api.InstanceStatus;
import dev.patronioperator.api.PartStatus;
import dev.patronioperator.api.PlannedWith;
import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.kubernetes.Conditions;

import static org.assertj.core.api.Assertions.assertThat;

class BrokenOffTest {

    private static final Instant BEFORE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");
    private static final Exception UNEXPECTED = new IllegalStateException("password=hunter2");
    private static final List<InstanceStatus> INSTANCES = List.of();
    private static final PlannedWith PLANNED_WITH = new PlannedWith("configuration", "version");

    private static final PostgresqlStatus RUNNING = new PostgresqlStatus(
            "Running",
            3L,
            List.of(condition("Ready", "True"), condition("Degraded", "False"), condition("PoolerReady", "True")),
            INSTANCES,
            null,
            null,
            PLANNED_WITH,
            new PartStatus(PLANNED_WITH, null, null),
            null,
            null);

    private static Condition condition(String type, String status) {
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason("AsItWas")
                .withLastTransitionTime(BEFORE.toString())
                .build();
    }

    private static PostgresqlStatus brokenOff(PostgresqlStatus before) {
        return BrokenOff.status(Optional.ofNullable(before), 4, UNEXPECTED, NOW);
    }

    @Test
    void isDegradedAndSaysWithoutSecretsWhatHappened() {
        var degraded = Conditions.find(brokenOff(RUNNING).conditions(), "Degraded");

        assertThat(degraded).hasValueSatisfying(condition -> {
            assertThat(condition.getStatus()).isEqualTo("True");
            assertThat(condition.getReason()).isEqualTo("InternalError");
            assertThat(condition.getMessage())
                    .contains("IllegalStateException", "tries again", "log")
                    .doesNotContain("hunter2");
            assertThat(condition.getLastTransitionTime()).isEqualTo(NOW.toString());
            assertThat(condition.getObservedGeneration()).isEqualTo(4);
        });
    }

    @Test
    void theRestStaysAndTheManifestIsNotTakenForPlanned() {
        var status = brokenOff(RUNNING);

        assertThat(status.postgresClusterStatus()).isEqualTo("SyncFailed");
        assertThat(status.observedGeneration()).isEqualTo(3);
        assertThat(status.plannedWith()).isEqualTo(PLANNED_WITH);
        assertThat(Conditions.isTrue(status.conditions(), "Ready")).isTrue();
        assertThat(status.conditions())
                .as("what the poolers' controller says is its own")
                .extracting(Condition::getType)
                .containsExactly("Ready", "Degraded");
        assertThat(status.pooler()).isNull();
    }

    @Test
    void aClusterThatWasNeverLookedAtHasAStatusToo() {
        var status = brokenOff(null);

        assertThat(status.postgresClusterStatus()).isEqualTo("CreateFailed");
        assertThat(Conditions.isTrue(status.conditions(), "Degraded")).isTrue();
    }

    /** Nothing is written again and again while it goes on. */
    @Test
    void aSecondTimeIsTheSameStatus() {
        var once = brokenOff(RUNNING);

        assertThat(BrokenOff.status(Optional.of(once), 4, UNEXPECTED, NOW.plusSeconds(60)))
                .isEqualTo(once);
    }
}
