package dev.patronioperator.backup.model;

import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.manifest.ContainerResources;
import dev.patronioperator.manifest.ContainerResources.Amounts;
import dev.patronioperator.manifest.ContainerResources.Rules;
import dev.patronioperator.manifest.Credentials;
import dev.patronioperator.manifest.Given;
import dev.patronioperator.manifest.Identity;
import dev.patronioperator.manifest.Placement;
import dev.patronioperator.manifest.PodBasics;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.LogicalBackupParameters;
import dev.patronioperator.settings.parameters.PodResourcesParameters;

/**
 * The logical backup of one cluster.
 *
 * @param wanted whether there is one
 * @param settings the snapshot this was read with; for the stores, which a manifest does not know
 * @param version major version of PostgreSQL, hence of the programs that dump it
 * @param schedule five cron fields, UTC
 * @param retention how long backups are kept, such as {@code 3 months}; empty: for ever
 */
public record BackupModel(
        Identity identity,
        boolean wanted,
        Settings settings,
        Credentials credentials,
        String version,
        String schedule,
        Optional<String> retention,
        ContainerResources resources,
        PodBasics pod,
        Placement placement,
        List<TopologySpreadConstraint> topologySpread) {

    /** Reads a manifest that has been checked. */
    public static BackupModel accept(Postgresql manifest, Settings settings) {
        var spec = manifest.getSpec();
        var identity = Identity.of(manifest, settings);
        return new BackupModel(
                identity,
                Given.flag(spec.enableLogicalBackup(), false),
                settings,
                Credentials.of(settings),
                spec.postgresql() == null
                        ? ""
                        : Given.text(spec.postgresql().version()).orElse(""),
                Given.text(spec.logicalBackupSchedule())
                        .orElseGet(() -> settings.get(LogicalBackupParameters.LOGICAL_BACKUP_SCHEDULE)),
                Given.text(spec.logicalBackupRetention())
                        .or(() -> settings.get(LogicalBackupParameters.LOGICAL_BACKUP_S3_RETENTION_TIME)),
                ContainerResources.of(null, "", rules(settings)),
                PodBasics.of(spec, settings, identity),
                Placement.ofBackup(spec, settings),
                List.copyOf(Given.list(spec.topologySpreadConstraints())));
    }

    private static Rules rules(Settings settings) {
        var requests = Amounts.of(
                settings,
                LogicalBackupParameters.LOGICAL_BACKUP_CPU_REQUEST,
                LogicalBackupParameters.LOGICAL_BACKUP_MEMORY_REQUEST);
        var limits = Amounts.of(
                settings,
                LogicalBackupParameters.LOGICAL_BACKUP_CPU_LIMIT,
                LogicalBackupParameters.LOGICAL_BACKUP_MEMORY_LIMIT);
        return Rules.unbounded(
                settings,
                requests.or(Amounts.of(
                        settings,
                        PodResourcesParameters.DEFAULT_CPU_REQUEST,
                        PodResourcesParameters.DEFAULT_MEMORY_REQUEST)),
                limits.or(Amounts.of(
                        settings,
                        PodResourcesParameters.DEFAULT_CPU_LIMIT,
                        PodResourcesParameters.DEFAULT_MEMORY_LIMIT)));
    }
}
