package dev.patronioperator.pooler.status;

import java.util.List;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import org.junit.jupiter.api.Test;

import dev.patronioperator.controller.status.PartCondition.Finding;
import dev.patronioperator.controller.status.PartReason;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether one can connect through the poolers, and if not, why. */
class PoolerFindingTest {

    @Test
    void readyWithAllPods() {
        assertThat(PoolerFinding.of(List.of(pooler("a", 2, 2, 2), pooler("b", 1, 1, 1))))
                .isEqualTo(Finding.holds(PartReason.READY, "a: 2 pods are available; b: 1 pods are available"));
    }

    @Test
    void usableWhilePodsAreReplaced() {
        assertThat(PoolerFinding.of(List.of(pooler("a", 2, 2, 1))))
                .isEqualTo(Finding.holds(PartReason.ROLLING_OUT, "a: pods are being replaced, others are available"));
    }

    @Test
    void notUsableIfOneOfThePoolersHasNoPod() {
        var finding = PoolerFinding.of(List.of(pooler("a", 2, 2, 2), pooler("b", 2, 0, 0)));

        assertThat(finding)
                .isEqualTo(
                        Finding.fails(PartReason.ROLLING_OUT, "a: 2 pods are available; b: no pod is available yet"));
    }

    @Test
    void notUsableBeforeAnyDeploymentIsThere() {
        assertThat(PoolerFinding.of(List.of()).reason()).isEqualTo(PartReason.APPLYING);
    }

    @Test
    void saysWhyPodsDoNotComeUp() {
        var stuck = new DeploymentBuilder(pooler("a", 2, 1, 1))
                .editStatus()
                .addNewCondition()
                .withType("Progressing")
                .withStatus("False")
                .withMessage("ReplicaSet \"a-1\" has timed out progressing.")
                .endCondition()
                .endStatus()
                .build();

        assertThat(PoolerFinding.of(List.of(stuck)))
                .isEqualTo(Finding.fails(
                        PartReason.PODS_FAILING,
                        "a: ReplicaSet \"a-1\" has timed out progressing. See: kubectl describe deployment a"));
    }

    private static Deployment pooler(String name, int wanted, int available, int updated) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withGeneration(3L)
                .endMetadata()
                .withNewSpec()
                .withReplicas(wanted)
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(3L)
                .withReplicas(available)
                .withAvailableReplicas(available)
                .withUpdatedReplicas(updated)
                .endStatus()
                .build();
    }
}
