package dev.patronioperator.cluster.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The paths at which containers of a pod see volumes. A container sees one volume at a path: the API server refuses a pod with two.
 *
 * <p>The operator's own volumes take their path in the containers that have them. An additional one takes it from all that come later,
 * whatever containers those are for, as with the peer: pods that run were made that way.
 */
public final class MountPaths {

    private record Taken(String path, MountTargets where, String by) {}

    private final List<Taken> taken = new ArrayList<>();

    /** A path that a volume of the operator's own has. */
    public void own(String path, MountTargets where, String by) {
        taken.add(new Taken(path, where, by));
    }

    /** Takes the path for an additional volume, unless it is taken: whoever has it is the answer then. */
    public Optional<String> additional(String path, MountTargets where, String by) {
        var other = taken.stream()
                .filter(one -> one.path().equals(path) && one.where().overlap(where))
                .map(Taken::by)
                .findFirst();
        if (other.isEmpty()) {
            taken.add(new Taken(path, MountTargets.EVERYWHERE, by));
        }
        return other;
    }
}
