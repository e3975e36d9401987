package dev.patronioperator.cluster.observe;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.kubernetes.FieldManagers;
import dev.patronioperator.kubernetes.naming.Labels;

/**
 * Whether an object is the cluster's. Names alone do not tell: the Service {@code orders} may have been somebody's before there was a
 * cluster of this name.
 *
 * <p>What an operator, ours or the one before it, wrote for the cluster is the cluster's, whatever others have made of it since; so is what
 * carries its label, such as everything that Patroni makes. A Secret without any mark was put there for the cluster to find.
 *
 * <p>Who made a Secret is not to be seen: it is created, so that nothing of what it holds becomes anybody's. One with the label of another cluster is taken
 * for that cluster's, even if the label was changed by hand; better that than to give away credentials.
 */
record Belonging(String cluster, Labels labels) {

    /** Whether objects of this kind are one cluster's alone, by their names. */
    static boolean isExclusive(HasMetadata object) {
        return switch (object) {
            case StatefulSet ignored -> true;
            case Service ignored -> true;
            case Endpoints ignored -> true;
            case PodDisruptionBudget ignored -> true;
            case Secret ignored -> true;
            default -> false;
        };
    }

    /** Whether all clusters of a namespace share the object. */
    static boolean isShared(HasMetadata object) {
        return object instanceof ServiceAccount || object instanceof RoleBinding;
    }

    /** Why an object is not the cluster's to change or delete; empty if it is. */
    Optional<String> objection(HasMetadata found) {
        if (!isExclusive(found)) {
            return Optional.empty();
        }
        var named = named(found);
        var other = named.filter(name -> !name.equals(cluster));
        if (FieldManagers.haveWritten(found)) {
            return other.filter(name -> isLabelledByOperator(found)).map(Belonging::ofCluster);
        }
        return other.map(Belonging::ofCluster)
                .or(() -> stranger(found).map(owner -> "it belongs to " + owner.getKind() + " " + owner.getName()))
                .or(() -> named.isPresent() || isOwned(found) || found instanceof Secret
                        ? Optional.empty()
                        : Optional.of("it does not carry the label " + labels.nameKey() + "=" + cluster));
    }

    private static String ofCluster(String name) {
        return "it belongs to the cluster " + name;
    }

    private Optional<String> named(HasMetadata found) {
        return Optional.ofNullable(found.getMetadata().getLabels()).map(its -> its.get(labels.nameKey()));
    }

    /** Else somebody has changed the label of an object that an operator made under this name. */
    private boolean isLabelledByOperator(HasMetadata found) {
        return found.getMetadata().getManagedFields().stream()
                .filter(entry -> FieldManagers.areOurs(entry.getManager()) && entry.getFieldsV1() != null)
                .map(ManagedFieldsEntry::getFieldsV1)
                .map(fields -> fields.getAdditionalProperties().get("f:metadata"))
                .map(metadata -> metadata instanceof Map<?, ?> fields ? fields.get("f:labels") : null)
                .anyMatch(its -> its instanceof Map<?, ?> fields && fields.containsKey("f:" + labels.nameKey()));
    }

    private Optional<OwnerReference> stranger(HasMetadata found) {
        return owners(found).stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .filter(owner -> !isCluster(owner))
                .findFirst();
    }

    private boolean isOwned(HasMetadata found) {
        return owners(found).stream().anyMatch(this::isCluster);
    }

    /** This one, or one of its name that was deleted and left the object behind. */
    private boolean isCluster(OwnerReference owner) {
        return cluster.equals(owner.getName()) && Postgresql.KIND.equals(owner.getKind());
    }

    private static List<OwnerReference> owners(HasMetadata found) {
        return Optional.ofNullable(found.getMetadata().getOwnerReferences()).orElseGet(List::of);
    }
}
