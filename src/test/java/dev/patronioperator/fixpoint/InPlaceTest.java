package dev.patronioperator.fixpoint;

import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import org.junit.jupiter.api.Test;

import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlanText;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Step;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.testkit.Manifests;
import dev.patronioperator.testkit.server.StoredObject;

import static org.assertj.core.api.Assertions.assertThat;

/** What can be changed in place is: nothing that protects a cluster or holds its data is deleted to be made again. */
class InPlaceTest {

    private final WrittenObjects written = WrittenObjects.of(Manifests.sample("minimal.yaml"), Settings.defaults());

    private PodDisruptionBudget budget() {
        return written.cluster().objects().stream()
                .filter(PodDisruptionBudget.class::isInstance)
                .map(PodDisruptionBudget.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts(Plan plan) {
        return plan.steps().stream().map(PlannedStep::step).map(Step::text).toList();
    }

    @Test
    void aBudgetWithAnotherSelectorAndNumberIsChangedInPlace() {
        var earlier = new PodDisruptionBudgetBuilder(budget())
                .editSpec()
                .withNewMinAvailable(3)
                .withNewSelector()
                .addToMatchLabels("application", "other")
                .endSelector()
                .endSpec()
                .build();

        var plan =
                new PlannedCluster(written).with(StoredObject.applied(earlier)).plan();

        assertThat(texts(plan))
                .containsExactly(
                        "Apply PodDisruptionBudget " + budget().getMetadata().getName());
    }

    @Test
    void aBudgetOfAnotherNameGoesOnlyAfterTheNewOneWasMade() {
        var earlier = new PodDisruptionBudgetBuilder(budget())
                .editMetadata()
                .withName("named-otherwise")
                .endMetadata()
                .build();

        var before = new PlannedCluster(written)
                .without(budget())
                .with(StoredObject.applied(earlier))
                .plan();
        var after =
                new PlannedCluster(written).with(StoredObject.applied(earlier)).plan();

        assertThat(texts(before))
                .containsExactly(
                        "Apply PodDisruptionBudget " + budget().getMetadata().getName(),
                        "Delete PodDisruptionBudget named-otherwise");
        assertThat(texts(after)).containsExactly("Delete PodDisruptionBudget named-otherwise");
    }

    @Test
    void aBudgetOfSomebodyElseStays() {
        var theirs = new PodDisruptionBudgetBuilder(budget())
                .editMetadata()
                .withName("of-the-platform-team")
                .endMetadata()
                .build();

        assertThat(new PlannedCluster(written)
                        .with(StoredObject.created("kubectl", theirs))
                        .plan()
                        .steps())
                .isEmpty();
    }

    @Test
    void labelsOfClaimsAreMendedAndTheirSizeIsKept() {
        var claim = new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withNamespace(written.model().identity().namespace())
                .withName("pgdata-" + written.model().identity().name() + "-0")
                .withLabels(written.model().identity().labels().full())
                .endMetadata()
                .withNewSpec()
                .withNewResources()
                .withRequests(Map.of("storage", new Quantity("1Gi")))
                .endResources()
                .endSpec()
                .build();
        var made = StoredObject.created("kube-controller-manager", claim);

        assertThat(new PlannedCluster(written).with(made).plan().steps()).isEmpty();

        var changed = made.updated("kubectl-label", tree -> labels(tree).put("team", "other"));
        var plan = new PlannedCluster(written).with(changed).plan();

        assertThat(plan.steps()).singleElement().satisfies(planned -> assertThat(planned.step())
                .isInstanceOfSatisfying(Step.Apply.class, apply -> assertThat(apply.desired())
                        .extracting("spec.resources.requests")
                        .isEqualTo(claim.getSpec().getResources().getRequests())));
        assertThat(PlanText.text(plan)).contains("metadata.labels.team: other -> ", "written by kubectl-label");
    }

    @SuppressWarnings("unchecked") // documents have texts for keys
    private static Map<String, Object> labels(Map<String, Object> tree) {
        return (Map<String, Object>) ((Map<?, ?>) tree.get("metadata")).get("labels");
    }
}
