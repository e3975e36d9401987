package dev.patronioperator.cluster.planning;

import java.util.Map;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;

import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.PlanText;
import dev.patronioperator.testkit.world.World;

import static org.assertj.core.api.Assertions.assertThat;

/** The primary leaves a node before somebody who drains it is held up by its budget. */
class DrainTest {

    @Test
    void thePrimaryMovesToAMemberOnANodeThatStays() {
        var cluster = on(3, "a", "b", "c");

        cluster.world.node("a", true);
        var plan = cluster.plan();
        cluster.settle();

        assertThat(plan.impact()).isEqualTo(Impact.SWITCHOVER);
        assertThat(PlanText.text(plan)).contains("node emptied: node a is cordoned");
        assertThat(cluster.world.leader())
                .hasValueSatisfying(leader -> assertThat(leader).isIn("orders-1", "orders-2"));
        assertThat(cluster.world.effects()).noneMatch(effect -> effect.startsWith("delete"));
        assertThat(cluster.world.violations()).isEmpty();
    }

    @Test
    void aReplicaIsLeftToWhoeverDrains() {
        var cluster = on(2, "a", "b");

        cluster.world.node("b", true);

        assertThat(cluster.plan().isEmpty()).isTrue();
    }

    @Test
    void thePrimaryDoesNotMoveFromOneEmptiedNodeToAnother() {
        var cluster = on(3, "a", "b", "c");

        cluster.world.node("a", true);
        cluster.world.node("b", true);
        cluster.settle();

        assertThat(cluster.world.leader()).contains("orders-2");
    }

    @Test
    void whereNoMemberStaysNothingIsDoneUntilOneHasMoved() {
        var cluster = on(2, "a", "b");
        cluster.world.node("a", true);
        cluster.world.node("b", true);
        assertThat(cluster.plan().isEmpty()).isTrue();

        cluster.world.node("c", false);
        cluster.world.lose("orders-1");
        cluster.turns(5).settle();

        assertThat(cluster.world.leader()).contains("orders-1");
        assertThat(cluster.world.violations()).isEmpty();
    }

    @Test
    void thePrimaryIsNotTheOnlyPodWhileAReplicaIsOnItsWayToAnotherNode() {
        var cluster = on(2, "a", "b", "c");
        cluster.world.node("a", true);
        cluster.world.lose("orders-1");

        assertThat(cluster.plan().isEmpty()).isTrue();
    }

    @Test
    void aMemberThatCannotTakeOverIsWaitedFor() {
        var cluster = on(2, "a", "b");
        cluster.world.neverReady("orders-1");
        cluster.world.tick();

        cluster.world.node("a", true);

        assertThat(PlanText.text(cluster.plan()))
                .contains("a member that can take over from orders-0 (orders-1 is not ready)");
    }

    @Test
    void theOnlyPodIsMadeAnewOnAnotherNode() {
        var cluster = on(1, "a", "b");

        cluster.world.node("a", true);
        cluster.settle();

        assertThat(cluster.world.effects()).endsWith("delete Pod orders-0");
        assertThat(cluster.world.pod("orders-0").orElseThrow().getSpec().getNodeName())
                .isEqualTo("b");
    }

    @Test
    void theOnlyPodStaysWhereNoNodeTakesIt() {
        var cluster = on(1, "a");
        cluster.world.node("a", true);
        assertThat(cluster.plan().isEmpty()).as("no other node").isTrue();

        cluster.world.replace(tainted("b"));
        assertThat(cluster.plan().isEmpty()).as("one for others").isTrue();
    }

    @Test
    void theOnlyPodStaysWithAVolumeThatCannotFollow() {
        var cluster = on(1, "a", "b");
        cluster.world.replace(claim("orders-0", "disk"));
        cluster.world.replace(volume("disk", "kubernetes.io/hostname", "a"));

        cluster.world.node("a", true);

        assertThat(cluster.plan().isEmpty()).isTrue();
    }

    @Test
    void theOnlyPodStaysWhileNobodyKnowsWhereItsVolumeIs() {
        var cluster = on(1, "a", "b");
        cluster.world.replace(claim("orders-0", "disk"));

        cluster.world.node("a", true);

        assertThat(cluster.plan().isEmpty()).isTrue();
    }

    @Test
    void theOnlyPodGoesWhereItsVolumeReachesWhateverIsLeftOfOtherPods() {
        var cluster = on(1, "a", "b");
        cluster.world.replace(claim("orders-0", "disk"));
        cluster.world.replace(volume("disk", "zone", "1", "2"));
        cluster.world.replace(claim("orders-1", "former"));
        cluster.world.replace(volume("former", "kubernetes.io/hostname", "a"));
        cluster.world.node("a", true);
        cluster.world.replace(inZone("b", "3"));
        assertThat(cluster.plan().isEmpty()).as("only in another zone").isTrue();

        cluster.world.replace(inZone("b", "2"));

        assertThat(PlanText.text(cluster.plan())).contains("Recreate Pod orders-0");
    }

    @Test
    void theOnlyPodStaysWhereItMayNotBeElsewhere() {
        var cluster = on(1, "a", "b");
        cluster.world.replace(onlyInZone(cluster.world.pod("orders-0").orElseThrow(), "1"));
        cluster.world.node("a", true);
        assertThat(cluster.plan().isEmpty()).isTrue();

        cluster.world.replace(inZone("b", "1"));

        assertThat(PlanText.text(cluster.plan())).contains("Recreate Pod orders-0");
    }

    @Test
    void whoeverTakesAClusterOverMovesNobodyAtFirst() {
        var cluster = on(2, "a", "b");
        cluster.world.node("a", true);

        assertThat(cluster.adopted(Adoption.FIRST_SIGHT).plan().isEmpty()).isTrue();
        assertThat(cluster.adopted(Adoption.NONE).plan().impact()).isEqualTo(Impact.SWITCHOVER);
    }

    /** Somebody took the cluster over, whose operator had flagged a pod. */
    @Test
    void whatIsLeftForLaterKeepsNobodyOnTheNode() {
        var cluster = on(2, "a", "b").adopted(Adoption.FIRST_SIGHT);
        cluster.world.flag("orders-1");
        var held = cluster.planned().held();
        cluster.adopted(new Adoption(false, held));

        cluster.world.node("a", true);

        assertThat(PlanText.text(cluster.plan()))
                .contains("Switchover orders-0 -> orders-1", "deferred: Recreate Pod orders-1");
        assertThat(cluster.planned().held()).isEqualTo(held);
    }

    @Test
    void aRestartThatIsLeftForLaterIsNotForgottenMeanwhile() {
        var cluster = on(2, "a", "b").maxConnections(200).turns(4).adopted(Adoption.FIRST_SIGHT);
        var held = cluster.planned().held();
        assertThat(held.isEmpty()).isFalse();
        cluster.adopted(new Adoption(false, held));

        cluster.world.node("a", true);

        assertThat(PlanText.text(cluster.plan())).contains("Switchover orders-0 -> orders-1");
        assertThat(cluster.planned().held()).isEqualTo(held);
    }

    @Test
    void aCordonedNodeWithTheReadinessLabelIsNotEmptied() {
        var cluster = on(2, "a", "b").staysOn(Map.of("lifecycle-status", "ready"));
        cluster.world.replace(labelled("a", "ready"));
        cluster.world.replace(labelled("b", "ready"));
        assertThat(cluster.plan().isEmpty()).isTrue();

        cluster.world.replace(labelled("a", "retiring"));
        cluster.settle();

        assertThat(cluster.world.leader()).contains("orders-1");
    }

    @Test
    void aNodeThatTakesPodsIsNotEmptiedForALabelItNeverHad() {
        var cluster = on(2, "a", "b").staysOn(Map.of("lifecycle-status", "ready"));

        assertThat(cluster.plan().isEmpty()).isTrue();
    }

    /** The primary is on the first. */
    private static SimulatedCluster on(int instances, String... nodes) {
        var cluster = new SimulatedCluster(instances);
        for (var node : nodes) {
            cluster.world.node(node, false);
        }
        cluster.settle();
        assertThat(cluster.world.leader()).contains("orders-0");
        return cluster;
    }

    private static Node labelled(String name, String status) {
        return new NodeBuilder(World.readyNode(name))
                .editMetadata()
                .addToLabels("lifecycle-status", status)
                .endMetadata()
                .editSpec()
                .withUnschedulable(true)
                .endSpec()
                .build();
    }

    private static Node tainted(String name) {
        return new NodeBuilder(World.readyNode(name))
                .editSpec()
                .addNewTaint()
                .withKey("for")
                .withEffect("NoSchedule")
                .endTaint()
                .endSpec()
                .build();
    }

    private static Pod onlyInZone(Pod pod, String zone) {
        return new PodBuilder(pod)
                .editSpec()
                .withNewAffinity()
                .withNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .addNewNodeSelectorTerm()
                .addNewMatchExpression()
                .withKey("zone")
                .withOperator("In")
                .withValues(zone)
                .endMatchExpression()
                .endNodeSelectorTerm()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .endAffinity()
                .endSpec()
                .build();
    }

    private static Node inZone(String name, String zone) {
        return new NodeBuilder(World.readyNode(name))
                .editMetadata()
                .addToLabels("zone", zone)
                .endMetadata()
                .build();
    }

    private static PersistentVolumeClaim claim(String pod, String volume) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withNamespace("ns")
                .withName("pgdata-" + pod)
                .withLabels(Map.of("application", "spilo", "cluster-name", "orders"))
                .endMetadata()
                .withNewSpec()
                .withVolumeName(volume)
                .endSpec()
                .build();
    }

    /** One that only nodes with such a label reach. */
    private static PersistentVolume volume(String name, String label, String... values) {
        return new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withNewNodeAffinity()
                .withNewRequired()
                .addNewNodeSelectorTerm()
                .addNewMatchExpression()
                .withKey(label)
                .withOperator("In")
                .withValues(values)
                .endMatchExpression()
                .endNodeSelectorTerm()
                .endRequired()
                .endNodeAffinity()
                .endSpec()
                .build();
    }
}
