package dev.patronioperator.cluster.model;

import java.util.List;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;

import dev.patronioperator.api.AdditionalVolume;
import dev.patronioperator.manifest.Given;

/** A volume the manifest adds to the pods. */
public record ExtraVolume(Volume volume, String mountPath, SubPath subPath, MountTargets targets) {

    static List<ExtraVolume> all(List<AdditionalVolume> volumes) {
        return Given.list(volumes).stream().map(ExtraVolume::of).toList();
    }

    private static ExtraVolume of(AdditionalVolume given) {
        return new ExtraVolume(
                new VolumeBuilder()
                        .withName(given.name())
                        .withAdditionalProperties(Given.map(given.volumeSource()))
                        .build(),
                given.mountPath(),
                SubPath.of(given.subPath(), given.isSubPathExpr()),
                MountTargets.of(Given.list(given.targetContainers())));
    }
}
