package dev.patronioperator.backup.status;

import java.util.Optional;

import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import org.junit.jupiter.api.Test;

import dev.patronioperator.controller.status.PartCondition.Finding;
import dev.patronioperator.controller.status.PartReason;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether backups are due, and when one last succeeded. */
class BackupFindingTest {

    @Test
    void saysWhenItRunsAndWhenItLastSucceeded() {
        assertThat(BackupFinding.of(Optional.of(cronJob(false, null))))
                .isEqualTo(
                        Finding.holds(PartReason.SCHEDULED, "CronJob b runs at \"1 2 * * *\"; none has succeeded yet"));
        assertThat(BackupFinding.of(Optional.of(cronJob(false, "2026-11-25T02:01:30Z"))))
                .isEqualTo(Finding.holds(
                        PartReason.SCHEDULED, "CronJob b runs at \"1 2 * * *\"; last success at 2026-11-25T02:01:30Z"));
    }

    @Test
    void saysThatSomebodySuspendedIt() {
        var finding = BackupFinding.of(Optional.of(cronJob(true, null)));

        assertThat(finding.reason()).isEqualTo(PartReason.SUSPENDED);
        assertThat(finding.message()).contains("spec.suspend");
    }

    @Test
    void saysNothingMoreBeforeItIsThere() {
        assertThat(BackupFinding.of(Optional.empty()).reason()).isEqualTo(PartReason.APPLYING);
    }

    private static CronJob cronJob(boolean suspended, String lastSuccess) {
        return new CronJobBuilder()
                .withNewMetadata()
                .withName("b")
                .endMetadata()
                .withNewSpec()
                .withSchedule("1 2 * * *")
                .withSuspend(suspended)
                .endSpec()
                .withNewStatus()
                .withLastSuccessfulTime(lastSuccess)
                .endStatus()
                .build();
    }
}
