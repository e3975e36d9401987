package dev.patronioperator.pooler.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

import dev.patronioperator.api.ConnectionPoolerSpec;
import dev.patronioperator.api.Postgresql;
import dev.patronioperator.api.PostgresqlSpec;
import dev.patronioperator.kubernetes.naming.MemberRole;
import dev.patronioperator.manifest.ContainerResources;
import dev.patronioperator.manifest.ContainerResources.Amounts;
import dev.patronioperator.manifest.ContainerResources.Rules;
import dev.patronioperator.manifest.Credentials;
import dev.patronioperator.manifest.Exposure;
import dev.patronioperator.manifest.Given;
import dev.patronioperator.manifest.Identity;
import dev.patronioperator.manifest.Placement;
import dev.patronioperator.manifest.PodBasics;
import dev.patronioperator.manifest.PoolerChoice;
import dev.patronioperator.manifest.TlsFiles;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.PoolerParameters;

/**
 * The poolers of one cluster.
 *
 * @param exposure how the pooler of a role is reached; a role that is missing has none
 * @param instances pods of each pooler
 * @param mode {@code session} or {@code transaction}
 * @param connections to the database that the pods of a pooler may hold together; 0: as many as they like
 * @param schema of the lookup function
 * @param user the role the pooler logs in as
 * @param parameters keys of {@code pgbouncer.ini}, with values that have been checked
 */
public record PoolerModel(
        Identity identity,
        Credentials credentials,
        Map<MemberRole, Exposure> exposure,
        int instances,
        String image,
        String mode,
        int connections,
        String schema,
        String user,
        SortedMap<String, String> parameters,
        ContainerResources resources,
        PodBasics pod,
        Placement placement,
        Optional<TlsFiles> tls) {

    public PoolerModel {
        exposure = Map.copyOf(exposure);
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    /** Reads a manifest that has been checked. */
    public static PoolerModel accept(Postgresql manifest, Settings settings) {
        var spec = manifest.getSpec();
        var section = Optional.ofNullable(spec.connectionPooler());
        var identity = Identity.of(manifest, settings);
        return new PoolerModel(
                identity,
                Credentials.of(settings),
                exposure(spec, settings, identity),
                instances(section, settings),
                text(
                        section,
                        ConnectionPoolerSpec::dockerImage,
                        settings.get(PoolerParameters.CONNECTION_POOLER_IMAGE)),
                PoolerChoice.mode(spec, settings),
                section.map(ConnectionPoolerSpec::maxDBConnections)
                        .orElseGet(() -> settings.get(PoolerParameters.CONNECTION_POOLER_MAX_DB_CONNECTIONS)),
                text(section, ConnectionPoolerSpec::schema, settings.get(PoolerParameters.CONNECTION_POOLER_SCHEMA)),
                PoolerChoice.user(spec, settings),
                new TreeMap<>(
                        Given.map(section.map(ConnectionPoolerSpec::parameters).orElse(null))),
                ContainerResources.of(
                        section.map(ConnectionPoolerSpec::resources).orElse(null),
                        "spec.connectionPooler.resources",
                        rules(settings)),
                PodBasics.of(spec, settings, identity),
                Placement.of(spec, settings),
                TlsFiles.of(spec.tls()));
    }

    /** Connections one pod may hold. */
    public int connectionsPerPod() {
        return connections / instances;
    }

    private static Map<MemberRole, Exposure> exposure(PostgresqlSpec spec, Settings settings, Identity identity) {
        var exposure = new EnumMap<MemberRole, Exposure>(MemberRole.class);
        for (var role : MemberRole.values()) {
            if (PoolerChoice.wanted(spec, role)) {
                exposure.put(role, Exposure.ofPooler(spec, settings, identity, role));
            }
        }
        return exposure;
    }

    private static Rules rules(Settings settings) {
        return Rules.unbounded(
                settings,
                Amounts.of(
                        settings,
                        PoolerParameters.CONNECTION_POOLER_DEFAULT_CPU_REQUEST,
                        PoolerParameters.CONNECTION_POOLER_DEFAULT_MEMORY_REQUEST),
                Amounts.of(
                        settings,
                        PoolerParameters.CONNECTION_POOLER_DEFAULT_CPU_LIMIT,
                        PoolerParameters.CONNECTION_POOLER_DEFAULT_MEMORY_LIMIT));
    }

    private static String text(
            Optional<ConnectionPoolerSpec> section, Function<ConnectionPoolerSpec, String> field, String otherwise) {
        return section.map(field).flatMap(Given::text).orElse(otherwise);
    }

    /** At least one: a pooler of no pods is switched off by its switch. */
    private static int instances(Optional<ConnectionPoolerSpec> section, Settings settings) {
        return Math.max(
                1,
                section.map(ConnectionPoolerSpec::numberOfInstances)
                        .orElseGet(() -> settings.get(PoolerParameters.CONNECTION_POOLER_NUMBER_OF_INSTANCES)));
    }
}
