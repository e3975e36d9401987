package dev.patronioperator.cluster.model;

import java.util.List;
import java.util.Set;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;

import dev.patronioperator.api.AdditionalVolume;
import dev.patronioperator.manifest.Given;

/**
 * A volume the manifest adds to the pods.
 *
 * @param containers names of those that see it; empty: PostgreSQL's only
 * @param everywhere whether all containers see it
 */
public record ExtraVolume(
        Volume volume, String mountPath, SubPath subPath, Set<String> containers, boolean everywhere) {

    private static final String ALL = "all";

    static List<ExtraVolume> all(List<AdditionalVolume> volumes) {
        return Given.list(volumes).stream().map(ExtraVolume::of).toList();
    }

    private static ExtraVolume of(AdditionalVolume given) {
        var targets = Set.copyOf(Given.list(given.targetContainers()));
        return new ExtraVolume(
                new VolumeBuilder()
                        .withName(given.name())
                        .withAdditionalProperties(Given.map(given.volumeSource()))
                        .build(),
                given.mountPath(),
                SubPath.of(given.subPath(), given.isSubPathExpr()),
                targets,
                targets.contains(ALL));
    }
}
