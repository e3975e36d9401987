package dev.patronioperator.cluster.model;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.kubernetes.naming.Labels;
import dev.patronioperator.kubernetes.naming.MemberRole;
import dev.patronioperator.manifest.Adjustment;
import dev.patronioperator.manifest.Credentials;
import dev.patronioperator.manifest.Exposure;
import dev.patronioperator.manifest.Identity;
import dev.patronioperator.manifest.infrastructure.InfrastructureCredentials;
import dev.patronioperator.settings.Settings;

/**
 * One cluster as it should be.
 *
 * @param settings the snapshot this was read with; for parameters that have no counterpart in a manifest
 * @param dcs where Patroni keeps its state
 * @param exposure how the Service of each role is reached
 * @param streams who turns changes into events
 */
public record ClusterModel(
        Identity identity,
        Settings settings,
        Credentials credentials,
        Server server,
        Instances instances,
        Dcs dcs,
        Bootstrap bootstrap,
        DynamicConfiguration dynamicConfiguration,
        DataVolume volume,
        PodModel pod,
        Map<MemberRole, Exposure> exposure,
        Roles roles,
        Databases databases,
        Optional<PrimaryPooler> pooler,
        List<StreamingApplication> streams,
        MaintenanceWindows maintenance) {

    public ClusterModel {
        exposure = Map.copyOf(exposure);
        streams = List.copyOf(streams);
    }

    /**
     * Reads a manifest that has been checked. What a check would have refused is treated as if it were not there.
     *
     * @param infrastructure roles that exist in every cluster, as the configured Secrets describe them
     */
    public static ClusterModel accept(
            Postgresql manifest, Settings settings, List<InfrastructureCredentials> infrastructure) {
        var spec = manifest.getSpec();
        var identity = Identity.of(manifest, settings);
        var exposure = new EnumMap<MemberRole, Exposure>(MemberRole.class);
        for (var role : MemberRole.values()) {
            exposure.put(role, Exposure.ofDatabase(spec, settings, identity, role));
        }
        return new ClusterModel(
                identity,
                settings,
                Credentials.of(settings),
                Server.of(spec, settings),
                Instances.of(manifest, settings),
                Dcs.of(settings),
                Bootstrap.of(spec),
                DynamicConfiguration.of(spec, settings),
                DataVolume.of(spec.volume()),
                PodModel.of(manifest, settings, identity),
                exposure,
                Roles.of(spec, settings, identity, infrastructure),
                Databases.of(spec, settings, identity),
                PrimaryPooler.of(spec, settings, identity, Credentials.of(settings)),
                StreamingApplication.all(spec.streams()),
                MaintenanceWindows.of(spec, settings));
    }

    /** The same without infrastructure roles. */
    public static ClusterModel accept(Postgresql manifest, Settings settings) {
        return accept(manifest, settings, List.of());
    }

    /** The labels by which a cluster's objects are found, whatever else its manifest says. */
    public static Labels labels(Postgresql manifest, Settings settings) {
        return Identity.of(manifest, settings).labels();
    }

    /** The same with another major version: the one that runs, while an upgrade waits for its time. */
    public ClusterModel withVersion(String version) {
        return new ClusterModel(
                identity,
                settings,
                credentials,
                server.withVersion(version),
                instances,
                dcs,
                bootstrap,
                dynamicConfiguration,
                volume,
                pod,
                exposure,
                roles,
                databases,
                pooler,
                streams,
                maintenance);
    }

    /** The same with another volume: the one that exists, where the manifest asks for less. */
    public ClusterModel withVolume(DataVolume other) {
        return new ClusterModel(
                identity,
                settings,
                credentials,
                server,
                instances,
                dcs,
                bootstrap,
                dynamicConfiguration,
                other,
                pod,
                exposure,
                roles,
                databases,
                pooler,
                streams,
                maintenance);
    }

    /** The same with Patroni's state in another place: the one where it is, whatever the configuration says. */
    public ClusterModel withDcs(Dcs other) {
        return new ClusterModel(
                identity,
                settings,
                credentials,
                server,
                instances,
                other,
                bootstrap,
                dynamicConfiguration,
                volume,
                pod,
                exposure,
                roles,
                databases,
                pooler,
                streams,
                maintenance);
    }

    /** What the manifest asks for and does not get as asked. */
    public List<Adjustment> adjustments() {
        return Stream.of(
                        instances.adjustment().stream(),
                        server.adjustment().stream(),
                        bootstrap.cloneSource().flatMap(source -> source.adjustment(settings)).stream(),
                        pod.resources().adjustments().stream(),
                        roles.adjustments().stream())
                .flatMap(each -> each)
                .toList();
    }

    /** Whether the cluster follows another one and cannot be written to. */
    public boolean isStandby() {
        return bootstrap.standby().isPresent() || Standby.isMeantBy(pod.env());
    }
}
