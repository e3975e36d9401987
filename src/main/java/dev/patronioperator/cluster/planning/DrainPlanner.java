package dev.patronioperator.cluster.planning;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.VolumeNodeAffinity;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.cluster.observe.ObservedNodes;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

/**
 * Moves the primary off a node that is being emptied, before somebody evicts it: the budget that protects the primary would hold up the
 * drain for ever otherwise. Replicas have no such budget; whoever drains evicts them.
 *
 * <p>A node is being emptied if it is cordoned, and, where {@code node_readiness_label} is set, has not all of those labels, as the peer
 * has it (control loop, 13). The primary goes to a member on a node that stays; while no member is on one, nothing is done. The only pod
 * of a cluster is made anew elsewhere, if there is a node that takes it and that its volume reaches.
 */
final class DrainPlanner {

    private static final List<String> REPELLING = List.of("NoSchedule", "NoExecute");

    private final Map<String, String> readiness;
    private final ObservedCluster observed;

    /** @param readiness labels of nodes that stay though they are cordoned; if there are none, every cordoned node is emptied */
    DrainPlanner(Map<String, String> readiness, ObservedCluster observed) {
        this.readiness = readiness;
        this.observed = observed;
    }

    List<PlannedStep> plan() {
        return observed
                .leader()
                .filter(leader -> !leader.isBeingDeleted())
                .flatMap(leader ->
                        observed.nodes().of(leader).filter(this::isEmptied).flatMap(node -> leave(leader, node)))
                .stream()
                .toList();
    }

    private Optional<PlannedStep> leave(ObservedInstance leader, Node node) {
        var why =
                Reason.of(Reason.Code.NODE_EMPTIED, "node " + node.getMetadata().getName() + " is cordoned");
        if (!isOnlyPod()) {
            return observed.instances().stream().anyMatch(this::stays)
                    ? Optional.of(SwitchoverPlanner.moveFrom(leader, this::stays, observed, why))
                    : Optional.empty();
        }
        return observed.nodes().others().stream().anyMatch(other -> takesPods(other) && canRunOn(other, leader))
                ? Optional.of(PlannedStep.of(
                        new Step.RecreatePod(ObjectRef.of(leader.pod()), leader.uid()), Impact.RECREATE, why))
                : Optional.empty();
    }

    /** Not so while a replica that was evicted is on its way to another node. */
    private boolean isOnlyPod() {
        return observed.instances().size() == 1
                && observed.statefulSet()
                        .filter(set -> set.getSpec().getReplicas() == 1)
                        .isPresent();
    }

    private boolean isEmptied(Node node) {
        return ObservedNodes.isCordoned(node) && (readiness.isEmpty() || !isLabelled(node));
    }

    private boolean stays(ObservedInstance instance) {
        return observed.nodes().of(instance).filter(node -> !isEmptied(node)).isPresent();
    }

    /** Pods may tolerate more; whoever is not sure leaves the pod where it runs. */
    private boolean takesPods(Node node) {
        var taints = node.getSpec() == null ? null : node.getSpec().getTaints();
        return !ObservedNodes.isCordoned(node)
                && (readiness.isEmpty() || isLabelled(node))
                && isReady(node)
                && (taints == null || taints.stream().noneMatch(taint -> REPELLING.contains(taint.getEffect())));
    }

    private boolean isLabelled(Node node) {
        var labels = node.getMetadata().getLabels();
        return labels != null && labels.entrySet().containsAll(readiness.entrySet());
    }

    private static boolean isReady(Node node) {
        return node.getStatus() != null
                && node.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    /** Whether the pod may be on the node, and its volumes reach it. What is not known of them holds them where they are. */
    private boolean canRunOn(Node node, ObservedInstance only) {
        var affinity = only.pod().getSpec().getAffinity();
        var required = Optional.ofNullable(affinity)
                .map(Affinity::getNodeAffinity)
                .map(NodeAffinity::getRequiredDuringSchedulingIgnoredDuringExecution);
        return required.map(terms -> NodeTerms.name(terms, node)).orElse(true)
                && observed.nodes()
                        .volumes()
                        .map(volumes -> volumes.stream().allMatch(volume -> reaches(volume, node)))
                        .orIfUnknown(false);
    }

    private static boolean reaches(PersistentVolume volume, Node node) {
        return Optional.ofNullable(volume.getSpec().getNodeAffinity())
                .map(VolumeNodeAffinity::getRequired)
                .map(terms -> NodeTerms.name(terms, node))
                .orElse(true);
    }
}
