package dev.patronioperator.cluster.planning;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.patronioperator.plan.PlanText;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code enable_lazy_spilo_upgrade}: another image alone makes no pod anew. */
class LazyUpgradeTest {

    private static List<String> images(SimulatedCluster cluster) {
        return cluster.world.pods().stream()
                .map(pod -> pod.getMetadata().getName() + " "
                        + pod.getSpec().getContainers().getFirst().getImage())
                .toList();
    }

    @Test
    void anotherImageIsWrittenIntoTheTemplateAndReachesNoPod() {
        var cluster = new SimulatedCluster(2).lazy(true).settle();

        cluster.wants(2, "spilo:2").settle();

        assertThat(cluster.world.effects()).endsWith("apply StatefulSet orders").noneMatch(e -> e.startsWith("delete"));
        assertThat(images(cluster)).containsExactly("orders-0 spilo:1", "orders-1 spilo:1");
    }

    @Test
    void thePlanSaysWhatIsLeftForLater() {
        var cluster = new SimulatedCluster(2).lazy(true).settle();

        cluster.wants(2, "spilo:2").settle();

        assertThat(PlanText.text(cluster.plan()))
                .isEqualTo(
                        """
                nothing to do
                deferred: Recreate Pod orders-0, until it is made anew for another reason  \
                spec.containers[postgres].image: spilo:1 -> spilo:2 (pod outdated)
                deferred: Recreate Pod orders-1, until it is made anew for another reason  \
                spec.containers[postgres].image: spilo:1 -> spilo:2 (pod outdated)
                """);
    }

    @Test
    void aPodThatIsMadeAnewForAnotherReasonGetsTheNewImage() {
        var cluster = new SimulatedCluster(2).lazy(true).settle();
        cluster.wants(2, "spilo:2").settle();

        cluster.world.flag("orders-1");
        cluster.settle();

        assertThat(images(cluster)).containsExactly("orders-0 spilo:1", "orders-1 spilo:2");
    }

    @Test
    void theOthersFollowOnceUpgradesAreNotLazyAnyMore() {
        var cluster = new SimulatedCluster(2).lazy(true).settle();
        cluster.wants(2, "spilo:2").settle();

        cluster.lazy(false).settle();

        assertThat(images(cluster)).containsExactly("orders-0 spilo:2", "orders-1 spilo:2");
        assertThat(cluster.plan().deferred()).isEmpty();
        assertThat(cluster.world.violations()).isEmpty();
    }

    @Test
    void aPodThatCannotStartWithItsOldImageGetsTheNewOneAtOnce() {
        var cluster = new SimulatedCluster(2).lazy(true).settle();
        cluster.world.hasNoImage("spilo:wrong");
        cluster.wants(2, "spilo:wrong");
        cluster.world.flag("orders-1");
        cluster.turns(5);

        cluster.wants(2, "spilo:2").settle();

        assertThat(images(cluster)).containsExactly("orders-0 spilo:1", "orders-1 spilo:2");
    }
}
