package dev.patronioperator.backup.status;

import java.util.Optional;

import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobStatus;

import dev.patronioperator.controller.status.PartCondition.Finding;
import dev.patronioperator.controller.status.PartReason;

/** What the CronJob says about the backups. */
public final class BackupFinding {

    private BackupFinding() {}

    /** A CronJob that was made just now has not been seen yet. */
    public static Finding of(Optional<CronJob> found) {
        if (found.isEmpty()) {
            return Finding.fails(PartReason.APPLYING, "The CronJob is being made");
        }
        var cronJob = found.get();
        var name = cronJob.getMetadata().getName();
        if (Boolean.TRUE.equals(cronJob.getSpec().getSuspend())) {
            return Finding.fails(
                    PartReason.SUSPENDED,
                    "CronJob " + name + " is suspended, so nothing is backed up. Somebody set spec.suspend; unset it");
        }
        return Finding.holds(
                PartReason.SCHEDULED,
                "CronJob " + name + " runs at \"" + cronJob.getSpec().getSchedule() + "\"" + lastSuccess(cronJob));
    }

    private static String lastSuccess(CronJob cronJob) {
        return Optional.ofNullable(cronJob.getStatus())
                .map(CronJobStatus::getLastSuccessfulTime)
                .map(time -> "; last success at " + time)
                .orElse("; none has succeeded yet");
    }
}
