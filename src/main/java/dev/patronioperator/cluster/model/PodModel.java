package dev.patronioperator.cluster.model;

import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.api.PostgresqlSpec;
import dev.patronioperator.manifest.ContainerResources;
import dev.patronioperator.manifest.Given;
import dev.patronioperator.manifest.Identity;
import dev.patronioperator.manifest.Placement;
import dev.patronioperator.manifest.PodBasics;
import dev.patronioperator.manifest.TlsFiles;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.GeneralParameters;
import dev.patronioperator.settings.parameters.KubernetesParameters;

/**
 * The pod of a member.
 *
 * @param resources of the PostgreSQL container
 * @param sidecars in the order of their precedence, names unique
 * @param volumes beside the data volume
 * @param sharedMemory whether {@code /dev/shm} is as large as memory allows
 */
public record PodModel(
        PodBasics basics,
        Placement placement,
        List<TopologySpreadConstraint> topologySpread,
        Optional<String> priorityClass,
        Optional<String> scheduler,
        ContainerResources resources,
        List<EnvVar> env,
        List<EnvFromSource> envFrom,
        Optional<Probe> livenessProbe,
        boolean sharedMemory,
        List<Container> initContainers,
        List<Sidecar> sidecars,
        List<ExtraVolume> volumes,
        Optional<TlsFiles> tls) {

    static PodModel of(Postgresql manifest, Settings settings, Identity identity) {
        var spec = manifest.getSpec();
        return new PodModel(
                PodBasics.of(spec, settings, identity),
                Placement.of(spec, settings),
                List.copyOf(Given.list(spec.topologySpreadConstraints())),
                Given.text(spec.podPriorityClassName())
                        .or(() -> Given.text(spec.legacyPodPriorityClassName()))
                        .or(() -> settings.get(KubernetesParameters.POD_PRIORITY_CLASS_NAME)),
                Given.text(spec.schedulerName()),
                ResourceRules.postgres(manifest, settings),
                List.copyOf(Given.list(spec.env())),
                List.copyOf(Given.list(spec.envFrom())),
                Optional.ofNullable(spec.livenessProbe()).or(() -> settings.get(KubernetesParameters.LIVENESS_PROBE)),
                sharedMemory(spec, settings),
                initContainers(spec),
                Sidecar.all(spec, settings, identity),
                ExtraVolume.all(spec.additionalVolumes()),
                TlsFiles.of(spec.tls()));
    }

    /** A manifest cannot switch off what the configuration switches on: pods that run were made that way. */
    public static boolean sharedMemory(PostgresqlSpec spec, Settings settings) {
        return Given.flag(spec.enableShmVolume(), false) || settings.get(GeneralParameters.ENABLE_SHM_VOLUME);
    }

    private static List<Container> initContainers(PostgresqlSpec spec) {
        return List.copyOf(
                Given.list(spec.initContainers() == null ? spec.legacyInitContainers() : spec.initContainers()));
    }
}
