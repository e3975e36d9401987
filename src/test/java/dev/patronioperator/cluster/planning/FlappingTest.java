package dev.patronioperator.cluster.planning;

import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import org.junit.jupiter.api.Test;

import dev.patronioperator.kubernetes.naming.Annotations;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlanText;
import dev.patronioperator.plan.Reason;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody changes a pod template that has been rolled out. It is put back, but no pod is made anew, and not for ever. */
class FlappingTest {

    private static final String FIELDS =
            "{\"f:spec\":{\"f:template\":{\"f:spec\":{\"f:containers\":{\"k:{\\\"name\\\":\\\"postgres\\\"}\":{\"f:image\":{}}}}}}}";

    private final SimulatedCluster cluster = settled();

    private static SimulatedCluster settled() {
        var cluster = new SimulatedCluster(2).settle();
        cluster.reconcile();
        return cluster;
    }

    private static void somebodyWrites(SimulatedCluster cluster, String image) {
        var set = cluster.world.statefulSet().orElseThrow();
        cluster.world.replace(new StatefulSetBuilder(set)
                .editMetadata()
                .withManagedFields(new ManagedFieldsEntryBuilder()
                        .withManager("image-updater")
                        .withOperation("Update")
                        .withFieldsV1(SimulatedCluster.fields(FIELDS))
                        .build())
                .endMetadata()
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withImage(image)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());
    }

    private static void podIsLost(SimulatedCluster cluster, String name) {
        cluster.world.lose(name);
        cluster.world.tick();
        cluster.world.tick();
    }

    private static List<String> disruptions(SimulatedCluster cluster) {
        return cluster.world.effects().stream()
                .filter(e -> e.startsWith("delete Pod") || e.startsWith("switchover"))
                .toList();
    }

    private static long timesPutBack(SimulatedCluster cluster) {
        return cluster.world.effects().stream()
                .filter(e -> e.equals("apply StatefulSet orders"))
                .count();
    }

    private static List<Reason> flapping(Plan plan) {
        return plan.steps().stream()
                .flatMap(step -> step.reasons().stream())
                .filter(reason -> reason.code() == Reason.Code.FLAPPING)
                .toList();
    }

    @Test
    void aTemplateThatSomebodyChangedIsPutBackAndDisturbsNobody() {
        somebodyWrites(cluster, "spilo:evil");

        assertThat(PlanText.text(cluster.plan()))
                .contains("image: spilo:evil -> spilo:1 (drift, written by image-updater)");

        cluster.settle();
        assertThat(disruptions(cluster)).isEmpty();
        assertThat(cluster.world
                        .statefulSet()
                        .orElseThrow()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers())
                .extracting(container -> container.getImage())
                .containsExactly("spilo:1");
    }

    @Test
    void aPodThatCameOutDifferentlyIsNotMadeAnewForEver() {
        somebodyWrites(cluster, "spilo:evil");
        podIsLost(cluster, "orders-1");

        for (int turn = 0; turn < 10; turn++) {
            cluster.reconcile();
            cluster.world.tick();
        }

        assertThat(disruptions(cluster)).isEmpty();
        assertThat(flapping(cluster.plan()))
                .extracting(Reason::toString)
                .containsExactly(
                        "spec.containers[postgres].image: spilo:evil -> spilo:1 (flapping, written by image-updater)");
    }

    @Test
    void aPodThatDoesNotRunHasNothingToLose() {
        cluster.world.neverReady("orders-1");
        somebodyWrites(cluster, "spilo:evil");
        podIsLost(cluster, "orders-1");

        cluster.reconcile();
        cluster.world.tick();
        cluster.reconcile();

        assertThat(disruptions(cluster)).containsExactly("delete Pod orders-1");
    }

    @Test
    void aFlagOfAPersonIsHeeded() {
        somebodyWrites(cluster, "spilo:evil");
        podIsLost(cluster, "orders-1");
        cluster.reconcile();
        cluster.world.tick();

        cluster.world.replace(new PodBuilder(cluster.world.pod("orders-1").orElseThrow())
                .editMetadata()
                .addToAnnotations(Annotations.ROLLING_UPDATE_REQUIRED, "true")
                .endMetadata()
                .build());
        cluster.settle();

        assertThat(disruptions(cluster)).containsExactly("delete Pod orders-1");
    }

    @Test
    void norWhileWhatAnotherOperatorMadeIsLeft() {
        var adopted = new SimulatedCluster(2).settle();
        adopted.wants(Map.of("BETTER", "y")).adopted(Adoption.FIRST_SIGHT);
        adopted.adopted(new Adoption(false, adopted.planned().held())).turns(3);
        var before = timesPutBack(adopted);

        for (int turn = 0; turn < 20; turn++) {
            somebodyWrites(adopted, "spilo:evil");
            adopted.reconcile();
            adopted.world.tick();
        }

        assertThat(timesPutBack(adopted) - before).isEqualTo(LoopBreaker.REPAIRS);
        assertThat(flapping(adopted.plan())).isNotEmpty();
        assertThat(disruptions(adopted)).isEmpty();
    }

    @Test
    void aTemplateIsNotPutBackForEver() {
        var before = timesPutBack(cluster);

        for (int turn = 0; turn < 20; turn++) {
            somebodyWrites(cluster, "spilo:evil");
            cluster.reconcile();
            cluster.world.tick();
        }

        assertThat(timesPutBack(cluster) - before).isEqualTo(LoopBreaker.REPAIRS);
        assertThat(flapping(cluster.plan())).singleElement().satisfies(reason -> {
            assertThat(reason.before()).isEqualTo("spilo:evil");
            assertThat(reason.after()).isEqualTo("spilo:1");
            assertThat(reason.writers()).containsExactly("image-updater");
        });
        assertThat(disruptions(cluster)).isEmpty();
    }

    @Test
    void aNewManifestIsRolledOutAllTheSame() {
        somebodyWrites(cluster, "spilo:evil");
        podIsLost(cluster, "orders-1");
        cluster.reconcile();

        cluster.wants(2, "spilo:2").settle();

        assertThat(disruptions(cluster)).contains("delete Pod orders-1", "delete Pod orders-0");
        assertThat(cluster.plan().steps()).isEmpty();
    }
}
