package dev.patronioperator.cluster.validate;

import java.util.List;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.settings.Settings;

/** All checks of a manifest. */
public final class SpecChecks {

    private static final List<SpecCheck> CHECKS = List.of(
            new NameCheck(),
            new RequiredFieldsCheck(),
            new VersionCheck(),
            new VolumeCheck(),
            new ResourcesCheck(),
            new MaintenanceWindowsCheck(),
            new PatroniCheck(),
            new ParametersCheck(),
            new UsersCheck(),
            new UserOptionsCheck(),
            new DatabasesCheck(),
            new PreparedDatabasesCheck(),
            new BootstrapCheck(),
            new StreamsCheck(),
            new StreamNamesCheck(),
            new ExposureCheck(),
            new TlsCheck(),
            new PoolerCheck(),
            new BackupScheduleCheck(),
            new ContainersCheck(),
            new AdditionalVolumesCheck(),
            new EnvironmentCheck(),
            new PlacementCheck());

    private SpecChecks() {}

    /**
     * What is wrong with the manifest, in the order of its fields; empty if it can be run.
     *
     * @param cluster as it came; any field may be absent
     */
    public static List<SpecProblem> check(Postgresql cluster, Settings settings) {
        var problems = new Problems();
        if (problems.present("spec", cluster.getSpec(), "the manifest of the cluster")) {
            var subject = new Subject(cluster, settings);
            CHECKS.forEach(check -> check.check(subject, problems));
        }
        return problems.found();
    }
}
