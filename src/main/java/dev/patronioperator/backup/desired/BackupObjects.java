package dev.patronioperator.backup.desired;

import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

import io.fabric8.kubernetes.api.model.batch.v1.CronJob;

import dev.patronioperator.backup.model.BackupModel;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.settings.parameters.LogicalBackupParameters;

/**
 * The objects of a cluster's logical backup.
 *
 * @param cronJob holding the fields we set and no others; empty if none is wanted, or if what it is made of could not be read
 * @param unwanted the CronJob of a cluster that wants none; deleted where it exists
 */
public record BackupObjects(Optional<CronJob> cronJob, Set<ObjectRef> unwanted) {

    public BackupObjects {
        unwanted = Set.copyOf(unwanted);
    }

    /**
     * The same model and inputs give the same objects, always and to the letter.
     *
     * @param secretKeys keys of the Secret {@code logical_backup_cronjob_environment_secret}; empty while they could not be read
     */
    public static BackupObjects render(BackupModel model, Optional<SortedSet<String>> secretKeys) {
        var name = model.identity()
                .names()
                .backupJob(model.settings().get(LogicalBackupParameters.LOGICAL_BACKUP_JOB_PREFIX));
        if (!model.wanted()) {
            return new BackupObjects(
                    Optional.empty(),
                    Set.of(new ObjectRef("batch/v1", "CronJob", model.identity().namespace(), name)));
        }
        return new BackupObjects(secretKeys.map(keys -> BackupCronJob.render(model, name, keys)), Set.of());
    }
}
