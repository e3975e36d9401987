package dev.patronioperator.cluster.model;

import java.util.Optional;

import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

import dev.patronioperator.manifest.Given;

/**
 * The folder of a volume that is mounted.
 *
 * @param path empty: the volume's root
 * @param expression whether it refers to variables
 */
public record SubPath(Optional<String> path, boolean expression) {

    public static final SubPath NONE = new SubPath(Optional.empty(), false);

    static SubPath of(String path, Boolean expression) {
        return new SubPath(Given.text(path), Given.flag(expression, false));
    }

    /** A mount of that folder. */
    public VolumeMount mount(String volume, String mountPath) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(mountPath)
                .withSubPath(expression ? null : path.orElse(null))
                .withSubPathExpr(expression ? path.orElse(null) : null)
                .build();
    }
}
