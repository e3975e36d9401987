package dev.patronioperator.cluster.model;

import java.util.Optional;

import io.fabric8.kubernetes.api.model.LabelSelector;

import dev.patronioperator.api.VolumeSpec;
import dev.patronioperator.manifest.CanonicalQuantity;
import dev.patronioperator.manifest.Given;

/**
 * The data volume of each member.
 *
 * @param size empty only if a manifest that was never checked gives none
 * @param performance of a cloud volume
 */
public record DataVolume(
        Optional<CanonicalQuantity> size,
        Optional<String> storageClass,
        Optional<LabelSelector> selector,
        SubPath subPath,
        Performance performance) {

    /** Where the volume is mounted in every container that sees it. */
    public static final String MOUNT_PATH = "/home/postgres/pgdata";

    /**
     * @param iops operations per second
     * @param throughput MB per second
     * @param type e.g. {@code gp3}
     */
    public record Performance(Optional<Integer> iops, Optional<Integer> throughput, Optional<String> type) {}

    static DataVolume of(VolumeSpec spec) {
        if (spec == null) {
            return new DataVolume(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    SubPath.NONE,
                    new Performance(Optional.empty(), Optional.empty(), Optional.empty()));
        }
        return new DataVolume(
                Given.text(spec.size()).flatMap(CanonicalQuantity::parse),
                Given.text(spec.storageClass()),
                Optional.ofNullable(spec.selector()),
                SubPath.of(spec.subPath(), spec.isSubPathExpr()),
                new Performance(
                        Optional.ofNullable(spec.iops()),
                        Optional.ofNullable(spec.throughput()),
                        Given.text(spec.type())));
    }
}
