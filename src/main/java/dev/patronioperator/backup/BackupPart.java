package dev.patronioperator.backup;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;

import dev.patronioperator.api.PartStatus;
import dev.patronioperator.api.Postgresql;
import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.backup.desired.BackupObjects;
import dev.patronioperator.backup.model.BackupModel;
import dev.patronioperator.backup.status.BackupFinding;
import dev.patronioperator.controller.ClusterPart;
import dev.patronioperator.controller.observe.ObservedObjects;
import dev.patronioperator.controller.observe.PartObserver;
import dev.patronioperator.controller.planning.Ownership;
import dev.patronioperator.controller.planning.PartObjects;
import dev.patronioperator.controller.status.PartCondition.Finding;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.kubernetes.naming.Labels;
import dev.patronioperator.manifest.Identity;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.LogicalBackupParameters;

/** The logical backup as a part of a cluster: one CronJob. */
@ApplicationScoped
public class BackupPart implements ClusterPart {

    private static final String CONDITION = "BackupScheduled";

    @Override
    public String condition() {
        return CONDITION;
    }

    @Override
    public PartObserver.Scope scope(Postgresql cluster, Settings settings) {
        var labels = Identity.of(cluster, settings).labels();
        return new PartObserver.Scope(
                cluster.getMetadata().getNamespace(), labels.backupSelector(), List.of(CronJob.class));
    }

    @Override
    public PartObjects desired(Postgresql manifest, Settings settings, ObjectReader reader) {
        var model = BackupModel.accept(manifest, settings);
        var keys = model.wanted() ? secretKeys(model, reader) : Optional.<SortedSet<String>>of(new TreeSet<>());
        var objects = BackupObjects.render(model, keys);
        return new PartObjects(
                objects.cronJob().<List<HasMetadata>>map(List::of).orElse(List.of()),
                objects.unwanted(),
                ownership(model.identity()),
                keys.isPresent() ? Optional.empty() : waitingForSecret(model));
    }

    private static Ownership ownership(Identity identity) {
        var labels = identity.labels();
        return new Ownership(identity.name(), labels.nameKey(), Labels.APPLICATION, Set.of(Labels.BACKUP_APPLICATION));
    }

    private static Optional<String> waitingForSecret(BackupModel model) {
        return configuredSecret(model)
                .map(name -> "Secret " + name + " in namespace "
                        + model.identity().namespace() + ", which logical_backup_cronjob_environment_secret names");
    }

    /** The keys of the Secret with variables for backups; empty while it is not there or cannot be read. */
    private static Optional<SortedSet<String>> secretKeys(BackupModel model, ObjectReader reader) {
        var configured = configuredSecret(model);
        if (configured.isEmpty()) {
            return Optional.of(new TreeSet<>());
        }
        return reader.ofOthers(model.identity().namespace(), model.identity().name())
                .get(Secret.class, model.identity().namespace(), configured.get())
                .orIfUnknown(Optional.empty())
                .map(secret -> new TreeSet<>(
                        secret.getData() == null
                                ? Map.<String, String>of().keySet()
                                : secret.getData().keySet()));
    }

    private static Optional<String> configuredSecret(BackupModel model) {
        return model.settings().get(LogicalBackupParameters.LOGICAL_BACKUP_CRONJOB_ENVIRONMENT_SECRET);
    }

    @Override
    public Finding finding(PartObjects desired, ObservedObjects observed) {
        return BackupFinding.of(desired.wanted().stream()
                .flatMap(wanted -> observed.find(wanted).stream())
                .filter(CronJob.class::isInstance)
                .map(CronJob.class::cast)
                .findFirst());
    }

    @Override
    public PartStatus of(PostgresqlStatus status) {
        return status.backup();
    }

    @Override
    public PostgresqlStatus status(List<Condition> conditions, PartStatus part) {
        return new PostgresqlStatus(null, null, conditions, null, null, null, null, null, part, null);
    }
}
