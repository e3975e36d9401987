package dev.patronioperator.controller.planning;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.fabric8.kubernetes.api.model.HasMetadata;

import dev.patronioperator.plan.ObjectRef;

/**
 * The objects of a part of a cluster.
 *
 * @param wanted in the order in which they are made, holding the fields we set and no others
 * @param unwanted what the part could have by its names but does not want; deleted where it exists
 * @param ownership by what the part recognises its objects
 * @param waitsFor what has to be there before the rest can be made, for people; empty if all of it is wanted now
 */
public record PartObjects(
        List<HasMetadata> wanted, Set<ObjectRef> unwanted, Ownership ownership, Optional<String> waitsFor) {

    public PartObjects {
        wanted = List.copyOf(wanted);
        unwanted = Set.copyOf(unwanted);
    }

    /** Whether the cluster has this part at all. */
    public boolean isWanted() {
        return !wanted.isEmpty() || waitsFor.isPresent();
    }
}
