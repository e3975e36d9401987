package dev.patronioperator.cluster.planning;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.PersistentVolume;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedInstance;
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
 * of a cluster is made anew elsewhere, if there is a node that takes it and its volume can follow.
 */
final class DrainPlanner {

    private static final String HOSTNAME = "kubernetes.io/hostname";
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
        var canFollow = observed.nodes().volumes().stream().noneMatch(DrainPlanner::isPinned);
        return canFollow && observed.nodes().others().stream().anyMatch(this::takesPods)
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
        return isCordoned(node) && (readiness.isEmpty() || !isLabelled(node));
    }

    private boolean stays(ObservedInstance instance) {
        return observed.nodes().of(instance).filter(node -> !isEmptied(node)).isPresent();
    }

    /** Pods may tolerate more; whoever is not sure leaves the pod where it runs. */
    private boolean takesPods(Node node) {
        var taints = node.getSpec() == null ? null : node.getSpec().getTaints();
        return !isCordoned(node)
                && (readiness.isEmpty() || isLabelled(node))
                && isReady(node)
                && (taints == null || taints.stream().noneMatch(taint -> REPELLING.contains(taint.getEffect())));
    }

    private static boolean isCordoned(Node node) {
        return node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
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

    /** A volume on the disk of one node stays there. */
    private static boolean isPinned(PersistentVolume volume) {
        return Optional.ofNullable(volume.getSpec().getNodeAffinity())
                .map(affinity -> affinity.getRequired())
                .filter(Objects::nonNull)
                .map(required -> required.getNodeSelectorTerms().stream().anyMatch(DrainPlanner::namesHost))
                .orElse(false);
    }

    private static boolean namesHost(NodeSelectorTerm term) {
        return term.getMatchExpressions().stream().anyMatch(expression -> HOSTNAME.equals(expression.getKey()));
    }
}
