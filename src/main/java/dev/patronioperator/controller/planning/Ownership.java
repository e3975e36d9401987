package dev.patronioperator.controller.planning;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;

import dev.patronioperator.api.Postgresql;

/**
 * By what a part of a cluster recognises its objects. Names alone do not tell: the Service {@code orders-pooler} may be that of a cluster
 * of this name as well as the pooler of the cluster {@code orders}.
 *
 * @param cluster the cluster's name
 * @param nameKey the label that names the cluster
 * @param markKey the label that names the part
 * @param marks its values on the part's objects
 */
public record Ownership(String cluster, String nameKey, String markKey, Set<String> marks) {

    public Ownership {
        marks = Set.copyOf(marks);
    }

    /** Why an object is not the part's to change or delete; empty if it is. */
    public Optional<String> objection(HasMetadata found) {
        var labels = found.getMetadata().getLabels() == null
                ? Map.<String, String>of()
                : found.getMetadata().getLabels();
        var named = labels.get(nameKey);
        if (named != null && !named.equals(cluster)) {
            return Optional.of("it belongs to the cluster " + named);
        }
        return stranger(found)
                .map(owner -> "it belongs to " + owner.getKind() + " " + owner.getName())
                .or(() -> marks.contains(labels.getOrDefault(markKey, ""))
                        ? Optional.empty()
                        : Optional.of("it does not carry the label " + markKey + "="
                                + String.join(" or ", new TreeSet<>(marks))));
    }

    /** The object's controller, unless it is the cluster: this one, or one of its name that was deleted and left the object behind. */
    private Optional<OwnerReference> stranger(HasMetadata found) {
        var owners = found.getMetadata().getOwnerReferences();
        return owners == null
                ? Optional.empty()
                : owners.stream()
                        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                        .filter(owner -> !cluster.equals(owner.getName()) || !Postgresql.KIND.equals(owner.getKind()))
                        .findFirst();
    }
}
