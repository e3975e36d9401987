package dev.patronioperator.cluster.planning;

import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.PlanText;
import dev.patronioperator.testkit.world.OperatorKilled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Labels and annotations of the pod template reach running pods in place. */
class PodMetadataTest {

    private static Map<String, String> annotations(SimulatedCluster cluster, String pod) {
        var annotations = cluster.world.pod(pod).orElseThrow().getMetadata().getAnnotations();
        annotations.remove("status");
        return annotations;
    }

    private static void assertNoPodWasMadeAnew(SimulatedCluster cluster) {
        assertThat(cluster.world.effects()).noneMatch(effect -> effect.startsWith("delete"));
    }

    @Test
    void aNewAnnotationIsPatchedOntoThePods() {
        var cluster = new SimulatedCluster(2).settle();

        var plan = cluster.podAnnotations(Map.of("c", "1")).plan();
        cluster.settle();

        assertThat(plan.impact()).isEqualTo(Impact.NONE);
        assertThat(PlanText.text(plan))
                .contains("Update Pod orders-0 in place")
                .contains("metadata.annotations.c: (none) -> 1");
        assertThat(annotations(cluster, "orders-0")).isEqualTo(Map.of("c", "1"));
        assertThat(annotations(cluster, "orders-1")).isEqualTo(Map.of("c", "1"));
        assertNoPodWasMadeAnew(cluster);
    }

    @Test
    void anAnnotationThatIsNotWantedAnyMoreGoesAndThoseOfOthersStay() {
        var cluster = new SimulatedCluster(2)
                .podAnnotations(Map.of("old", "1", "stays", "2"))
                .settle();
        cluster.world.annotate("orders-1", "somebody", "else");

        cluster.podAnnotations(Map.of("stays", "2")).settle();

        assertThat(annotations(cluster, "orders-0")).isEqualTo(Map.of("stays", "2"));
        assertThat(annotations(cluster, "orders-1")).isEqualTo(Map.of("stays", "2", "somebody", "else"));
        assertNoPodWasMadeAnew(cluster);
    }

    @Test
    void theOperatorMayDieBetweenPodsAndStatefulSet() {
        for (int effects = 1; effects <= 3; effects++) {
            var cluster =
                    new SimulatedCluster(2).podAnnotations(Map.of("old", "1")).settle();
            cluster.podAnnotations(Map.of("new", "2")).world.killAfter(effects);

            assertThatThrownBy(cluster::reconcile).isInstanceOf(OperatorKilled.class);
            cluster.settle();

            assertThat(annotations(cluster, "orders-0")).isEqualTo(Map.of("new", "2"));
            assertThat(annotations(cluster, "orders-1")).isEqualTo(Map.of("new", "2"));
        }
    }

    @Test
    void theStatefulSetRemembersWhatAPodCouldNotLoseYet() {
        var cluster = new SimulatedCluster(1).podAnnotations(Map.of("old", "1")).settle();
        cluster.podAnnotations(Map.of("new", "2")).world.refusesEdits(true);
        cluster.turns(3);
        assertThat(cluster.reconcile().failures()).isNotEmpty();

        cluster.world.refusesEdits(false);
        cluster.settle();

        assertThat(annotations(cluster, "orders-0")).isEqualTo(Map.of("new", "2"));
    }

    /** A StatefulSet that is replaced is gone for a moment, and with it the template that the pods were made from. */
    @Test
    void whileThereIsNoStatefulSetEarlierManifestsTellWhatIsNotWantedAnyMore() {
        var cluster = new SimulatedCluster(2).podAnnotations(Map.of("old", "1")).settle();
        cluster.world.annotate("orders-1", "somebody", "else");
        cluster.world.remove(cluster.world.statefulSet().orElseThrow());

        cluster.podAnnotations(Map.of("new", "2")).formerly(Map.of("old", "1")).settle();

        assertThat(annotations(cluster, "orders-0")).isEqualTo(Map.of("new", "2"));
        assertThat(annotations(cluster, "orders-1")).isEqualTo(Map.of("new", "2", "somebody", "else"));
        assertNoPodWasMadeAnew(cluster);
    }

    @Test
    void inheritedLabelsReachThePodsToo() {
        var cluster = new SimulatedCluster(2)
                .inheritedLabels(Map.of("environment", "demo"))
                .settle();

        cluster.inheritedLabels(Map.of("cost-center", "42")).settle();

        assertThat(cluster.world.pods()).hasSize(2).allSatisfy(pod -> assertThat(
                        pod.getMetadata().getLabels())
                .containsEntry("cost-center", "42")
                .containsEntry("cluster-name", "orders")
                .doesNotContainKey("environment"));
        assertNoPodWasMadeAnew(cluster);
    }

    @Test
    void aPodThatIsMadeAnewAnywayIsNotUpdatedBefore() {
        var cluster = new SimulatedCluster(2).settle();

        cluster.podAnnotations(Map.of("c", "1")).wants(2, "spilo:2").settle();

        assertThat(cluster.world.effects()).noneMatch(effect -> effect.startsWith("edit"));
        assertThat(annotations(cluster, "orders-0")).isEqualTo(Map.of("c", "1"));
    }

    @Test
    void anAppArmorProfileThatKubernetesLetsNobodyChangeNeedsANewPod() {
        var cluster = new SimulatedCluster(1).settle();
        var profile = Map.of("container.apparmor.security.beta.kubernetes.io/postgres", "unconfined");

        cluster.podAnnotations(profile).settle();

        assertThat(cluster.world.effects()).endsWith("apply StatefulSet orders", "delete Pod orders-0");
        assertThat(annotations(cluster, "orders-0")).isEqualTo(profile);
    }
}
