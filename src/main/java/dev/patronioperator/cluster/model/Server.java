package dev.patronioperator.cluster.model;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

import dev.patronioperator.api.PostgresqlSpec;
import dev.patronioperator.manifest.Adjustment;
import dev.patronioperator.manifest.Given;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.GeneralParameters;
import dev.patronioperator.settings.parameters.MajorVersionUpgradeParameters;
import dev.patronioperator.settings.value.MajorVersionUpgradeMode;

/**
 * PostgreSQL itself.
 *
 * @param version major version
 * @param binaries major version of the binaries, where they are named by their folder: that of the manifest, even where the operator upgrades by itself
 * @param image Spilo image
 * @param localParameters parameters that each member reads from its own configuration; a change needs new pods
 * @param dynamicParameters parameters that Patroni keeps in the DCS and changes while the cluster runs
 * @param decodesChanges whether event streams read the WAL
 * @param adjustment where the version is not the manifest's
 */
public record Server(
        String version,
        String binaries,
        String image,
        SortedMap<String, String> localParameters,
        SortedMap<String, String> dynamicParameters,
        boolean decodesChanges,
        Optional<Adjustment> adjustment) {

    /** What Spilo reads from the member's own configuration. Patroni's dynamic configuration would come too late for these, or be the same on every member by mistake. */
    private static final Set<String> LOCAL = Set.of(
            "archive_command",
            "shared_buffers",
            "logging_collector",
            "log_destination",
            "log_directory",
            "log_filename",
            "log_file_mode",
            "log_rotation_age",
            "log_truncate_on_rotation",
            "ssl",
            "ssl_ca_file",
            "ssl_crl_file",
            "ssl_cert_file",
            "ssl_key_file",
            "shared_preload_libraries",
            "bg_mon.listen_address",
            "bg_mon.history_buckets",
            "pg_stat_statements.track_utility",
            "extwlist.extensions",
            "extwlist.custom_path");

    static Server of(PostgresqlSpec spec, Settings settings) {
        var asked = spec.postgresql() == null
                ? ""
                : Given.text(spec.postgresql().version()).orElse("");
        var version = raised(asked, settings);
        var parameters =
                Given.map(spec.postgresql() == null ? null : spec.postgresql().parameters());
        return new Server(
                version,
                asked,
                Given.text(spec.dockerImage()).orElseGet(() -> settings.get(GeneralParameters.DOCKER_IMAGE)),
                select(parameters, LOCAL::contains),
                select(parameters, name -> !LOCAL.contains(name)),
                !Given.list(spec.streams()).isEmpty(),
                version.equals(asked)
                        ? Optional.empty()
                        : Optional.of(
                                new Adjustment("spec.postgresql.version", asked, version, "minimal_major_version")));
    }

    /** Whether a parameter is one that only new pods can change. */
    public static boolean isLocal(String parameter) {
        return LOCAL.contains(parameter);
    }

    /** The parameters of the running cluster's dynamic configuration: those of the manifest, and what its event streams need whatever it says. */
    public SortedMap<String, String> runtimeParameters() {
        var parameters = new TreeMap<>(dynamicParameters);
        if (decodesChanges) {
            parameters.put("wal_level", "logical");
        }
        return parameters;
    }

    Server withVersion(String other) {
        return new Server(other, other, image, localParameters, dynamicParameters, decodesChanges, adjustment);
    }

    /** Where the operator upgrades by itself, a version that is too old stands for the target. */
    private static String raised(String asked, Settings settings) {
        var full =
                settings.get(MajorVersionUpgradeParameters.MAJOR_VERSION_UPGRADE_MODE) == MajorVersionUpgradeMode.FULL;
        var minimum = settings.get(MajorVersionUpgradeParameters.MINIMAL_MAJOR_VERSION);
        return full && asked.matches("\\d{1,4}") && Integer.parseInt(asked) < minimum
                ? settings.get(MajorVersionUpgradeParameters.TARGET_MAJOR_VERSION)
                        .toString()
                : asked;
    }

    private static SortedMap<String, String> select(Map<String, String> from, Predicate<String> name) {
        var selected = new TreeMap<String, String>();
        from.forEach((key, value) -> {
            if (name.test(key)) {
                selected.put(key, value == null ? "" : value);
            }
        });
        return selected;
    }
}
