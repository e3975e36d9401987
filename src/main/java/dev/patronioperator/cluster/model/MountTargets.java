package dev.patronioperator.cluster.model;

import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The containers of a member's pod that see a volume.
 *
 * @param names of the containers
 * @param everywhere whether all see it, whatever the names are
 */
public record MountTargets(Set<String> names, boolean everywhere) {

    public static final MountTargets POSTGRES = new MountTargets(Set.of("postgres"), false);
    public static final MountTargets EVERYWHERE = new MountTargets(Set.of(), true);

    private static final String ALL = "all";

    /** What a manifest names; nothing means PostgreSQL's container. */
    public static MountTargets of(List<String> containers) {
        if (containers.isEmpty()) {
            return POSTGRES;
        }
        return containers.contains(ALL) ? EVERYWHERE : new MountTargets(Set.copyOf(containers), false);
    }

    public boolean include(String container) {
        return everywhere || names.contains(container);
    }

    boolean overlap(MountTargets other) {
        return everywhere || other.everywhere || !Collections.disjoint(names, other.names);
    }
}
