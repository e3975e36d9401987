package dev.patronioperator.fixpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.plan.FieldDifference;
import dev.patronioperator.plan.FieldPath;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.PlanText;
import dev.patronioperator.plan.Repair;
import dev.patronioperator.plan.Step;
import dev.patronioperator.testkit.golden.GoldenCase;
import dev.patronioperator.testkit.golden.GoldenCases;
import dev.patronioperator.testkit.server.StoredObject;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever somebody changes of what we wrote is found, told with the field and who did it, and mended with the smallest step. */
class DriftTest {

    private static final String SOMEBODY = "kubectl-edit";
    private static final ObjectTrees TREES = new ObjectTrees(new ObjectMapper());

    /** One mutation of each sort, out of all fields of all objects of the golden cases. */
    private static final List<Mutation> MUTATIONS = unlike();

    static List<Mutation> mutations() {
        return MUTATIONS;
    }

    private static List<Mutation> unlike() {
        var unlike = new LinkedHashMap<String, Mutation>();
        GoldenCases.all().stream()
                .flatMap(DriftTest::mutations)
                .forEach(mutation -> unlike.putIfAbsent(mutation.likeness(), mutation));
        return unlike.values().stream()
                .filter(mutation -> !mutation.changesNothing())
                .toList();
    }

    static List<Mutation> mutationsOfClusters() {
        return mutations().stream()
                .filter(mutation -> mutation.written().isOfCluster(mutation.object()))
                .toList();
    }

    private static Stream<Mutation> mutations(GoldenCase golden) {
        return WrittenObjects.of(golden).stream()
                .flatMap(written -> written.all().stream().flatMap(object -> Mutation.of(object, written).stream()));
    }

    @Test
    void theTableHoldsEveryKindOfObject() {
        assertThat(mutations()).hasSizeGreaterThan(300);
        assertThat(mutations().stream().map(mutation -> mutation.object().getKind()))
                .contains(
                        "StatefulSet",
                        "Service",
                        "Endpoints",
                        "Secret",
                        "PodDisruptionBudget",
                        "ServiceAccount",
                        "RoleBinding",
                        "Deployment",
                        "CronJob");
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void whatSomebodyChangedIsFound(Mutation mutation) {
        var differences =
                TREES.differences(mutation.object(), mutation.doneBy(SOMEBODY).read());

        assertThat(differences)
                .as("where it was changed, and nowhere else")
                .isNotEmpty()
                .allSatisfy(difference -> assertThat(mutation.isAt(difference.path()))
                        .as(difference.toString())
                        .isTrue());
        if (mutation.leavesItsWriter()) {
            assertThat(differences)
                    .flatExtracting(FieldDifference::writers)
                    .as("who wrote it")
                    .contains(SOMEBODY);
        }
    }

    @ParameterizedTest
    @MethodSource("mutationsOfClusters")
    void whatSomebodyChangedIsMendedWithTheSmallestStep(Mutation mutation) {
        var plan = new PlannedCluster(mutation.written())
                .with(mutation.doneBy(SOMEBODY))
                .plan();

        if (mutation.isOfSharedObject()) {
            assertThat(plan.steps()).as("all clusters of the namespace use it").isEmpty();
            return;
        }
        if (mutation.isOfScale()) {
            assertThat(PlanText.text(plan))
                    .as("what takes members or room away is guarded")
                    .containsAnyOf("Wait for", "Refuse to shrink");
            return;
        }
        assertThat(plan.steps()).singleElement().satisfies(planned -> {
            switch (planned.step()) {
                case Step.Apply apply -> assertThat(apply.desired()).isEqualTo(mutation.object());
                case Step.ReplaceStatefulSet replace ->
                    assertThat(mutation.isImmutable())
                            .as("cannot be changed in place")
                            .isTrue();
                case Step other -> throw new AssertionError(other.text());
            }
            assertThat(planned.impact()).isEqualTo(Impact.NONE);
        });
        assertThat(PlanText.text(plan)).contains("(drift");
    }

    @Test
    void whatOthersHoldAsWellIsTakenAway() {
        var mutation = mutations().stream()
                .filter(each -> each.object().getKind().equals("PodDisruptionBudget"))
                .filter(each -> each.steps().equals(List.of("spec", "minAvailable")))
                .findFirst()
                .orElseThrow();
        var other = StoredObject.applied(mutation.object()).updated(SOMEBODY, tree -> {
            var spec = (Map<?, ?>) tree.get("spec");
            spec.remove("minAvailable");
            tree.put("spec", with(spec, "maxUnavailable", 1));
        });

        var plan = new PlannedCluster(mutation.written()).with(other).plan();

        assertThat(plan.steps())
                .as("a budget cannot hold both, and is never deleted to be made anew")
                .singleElement()
                .satisfies(planned -> assertThat(planned.step())
                        .isEqualTo(new Step.Apply(mutation.object(), List.of(FieldPath.of("spec.maxUnavailable")))));
        assertThat(Repair.of(
                        other.tree(),
                        StoredObject.tree(mutation.object()),
                        ((Step.Apply) plan.steps().getFirst().step()).removed()))
                .extracting("spec")
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("minAvailable", 1)
                .doesNotContainKey("maxUnavailable");
    }

    private static Map<Object, Object> with(Map<?, ?> map, Object key, Object value) {
        var copy = new LinkedHashMap<Object, Object>(map);
        copy.put(key, value);
        return copy;
    }
}
