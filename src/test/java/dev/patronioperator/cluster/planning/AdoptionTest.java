package dev.patronioperator.cluster.planning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import org.junit.jupiter.api.Test;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.cluster.observe.AdoptionRecords;
import dev.patronioperator.plan.Held;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlanText;
import dev.patronioperator.plan.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** What another operator made is left as it is where mending it would disturb somebody, until there is another reason or leave is given. */
class AdoptionTest {

    /** A cluster that another operator has made of an older image and other variables, and that runs. */
    private static SimulatedCluster ofThePeer() {
        return new SimulatedCluster(2)
                .wants(ordered("A", "1", "OLD", "x", "B", "2"))
                .settle();
    }

    private static Map<String, String> ordered(String... namesAndValues) {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    private static StatefulSet template(Plan plan) {
        return plan.steps().stream()
                .map(planned -> planned.step())
                .filter(Step.Apply.class::isInstance)
                .map(step -> (StatefulSet) ((Step.Apply) step).desired())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aBetterTemplateIsShownAndLeft() {
        var cluster = ofThePeer();

        var plan = cluster.wants(2, "spilo:2").adopted(Adoption.FIRST_SIGHT).plan();

        assertThat(PlanText.text(plan))
                .isEqualTo(
                        """
                nothing to do
                deferred: Apply the pod template of StatefulSet orders, until the pods are made anew for another reason, \
                or patroni-operator.dev/approve-deferred: "true" is set on the manifest  \
                spec.template.spec.containers[postgres].image: spilo:1 -> spilo:2 (adopted)
                """);
    }

    @Test
    void whatIsWrittenBesidesLeavesTheTemplateToTheLetter() {
        var cluster = ofThePeer();
        var before = cluster.world.statefulSet().orElseThrow();
        cluster.world.replace(new StatefulSetBuilder(before)
                .editMetadata()
                .withManagedFields(new ManagedFieldsEntryBuilder()
                        .withManager("postgres-operator")
                        .withOperation("Update")
                        .withNewFieldsV1()
                        .addToAdditionalProperties(
                                "f:spec",
                                Map.of("f:template", Map.of("f:spec", Map.of("f:containers", Map.of())))) // all of them
                        .endFieldsV1()
                        .build())
                .endMetadata()
                .build());

        var plan = cluster.wants(3, "spilo:2")
                .wants(ordered("B", "2", "NEW", "y", "A", "1"))
                .adopted(Adoption.FIRST_SIGHT)
                .plan();

        assertThat(plan.impact()).isEqualTo(Impact.NONE);
        assertThat(template(plan).getSpec().getReplicas()).isEqualTo(3);
        assertThat(template(plan).getSpec().getTemplate())
                .isEqualTo(before.getSpec().getTemplate());
    }

    @Test
    void whatWasLeftStaysSoInLaterLooks() {
        var cluster = ofThePeer().wants(2, "spilo:2").adopted(Adoption.FIRST_SIGHT);
        var recorded = recorded(cluster.planned().held());

        var later = cluster.adopted(new Adoption(false, recorded)).planned();

        assertThat(later.plan().steps()).isEmpty();
        assertThat(later.plan().deferred()).hasSize(1);
        assertThat(later.held()).isEqualTo(recorded);
    }

    @Test
    void anotherChangeOfTheTemplateCarriesItAlong() {
        var cluster = ofThePeer().wants(2, "spilo:2").adopted(Adoption.FIRST_SIGHT);
        var recorded = recorded(cluster.planned().held());

        var later = cluster.adopted(new Adoption(false, recorded))
                .edited()
                .wants(ordered("A", "1", "OLD", "x", "B", "3"))
                .planned();

        assertThat(later.held().isEmpty()).isTrue();
        assertThat(later.plan().deferred()).isEmpty();
        assertThat(PlanText.text(later.plan())).contains("spilo:1 -> spilo:2", "env[B].value: 2 -> 3", "Recreate Pod");
        cluster.settle();
        assertThat(cluster.world.pods())
                .allMatch(pod ->
                        pod.getSpec().getContainers().getFirst().getImage().equals("spilo:2"));
    }

    @Test
    void anEditThatNeedsNoNewPodsLeavesItStill() {
        var cluster = ofThePeer().wants(2, "spilo:2").adopted(Adoption.FIRST_SIGHT);
        var recorded = recorded(cluster.planned().held());

        cluster.adopted(new Adoption(false, recorded)).wants(3, "spilo:2").settle();

        assertThat(cluster.world.pods())
                .hasSize(3)
                .allMatch(pod ->
                        pod.getSpec().getContainers().getFirst().getImage().equals("spilo:1"));
    }

    @Test
    void aLabelAndAnImageThatMayWaitLeaveItStill() {
        var cluster = ofThePeer().wants(ordered("A", "1", "NEW", "y", "B", "2")).adopted(Adoption.FIRST_SIGHT);
        var recorded = recorded(cluster.planned().held());

        cluster.adopted(new Adoption(false, recorded))
                .edited()
                .lazy(true)
                .inheritedLabels(Map.of("owner", "web"))
                .wants(2, "spilo:2")
                .turns(10);

        assertThat(template(cluster.world.statefulSet().orElseThrow())).contains("spilo:2", "OLD", "owner");
        assertThat(cluster.world.pods()).allSatisfy(pod -> {
            assertThat(pod.getMetadata().getLabels()).containsEntry("owner", "web");
            assertThat(pod.getSpec().getContainers().getFirst().getImage()).isEqualTo("spilo:1");
        });
        assertThat(cluster.planned().held()).isEqualTo(recorded);
    }

    @Test
    void whatSomebodyElseChangesIsPutBackAlone() {
        var cluster = ofThePeer().wants(ordered("A", "1", "NEW", "y", "B", "2")).adopted(Adoption.FIRST_SIGHT);
        var recorded = recorded(cluster.planned().held());
        cluster.adopted(new Adoption(false, recorded));
        cluster.world.replace(new StatefulSetBuilder(cluster.world.statefulSet().orElseThrow())
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withImage("spilo:theirs")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());

        cluster.turns(10);

        assertThat(template(cluster.world.statefulSet().orElseThrow())).contains("spilo:1", "OLD");
        assertThat(cluster.world.pods())
                .allMatch(pod ->
                        pod.getSpec().getContainers().getFirst().getImage().equals("spilo:1"));
        assertThat(cluster.planned().held()).isEqualTo(recorded);
    }

    private static String template(StatefulSet set) {
        return set.getSpec().getTemplate().toString();
    }

    @Test
    void leaveCarriesItOut() {
        var cluster = ofThePeer().wants(2, "spilo:2").adopted(Adoption.NONE).settle();

        assertThat(cluster.world.pods())
                .allMatch(pod ->
                        pod.getSpec().getContainers().getFirst().getImage().equals("spilo:2"));
        assertThat(cluster.world.violations()).isEmpty();
    }

    @Test
    void membersThatTheManifestHasNotAnyMoreStay() {
        var plan = ofThePeer().wants(1, "spilo:1").adopted(Adoption.FIRST_SIGHT).plan();

        assertThat(plan.steps()).isEmpty();
        assertThat(PlanText.text(plan)).contains("deferred: Take members away", "spec.replicas: 2 -> 1");
    }

    @Test
    void aStatefulSetThatIsBeingReplacedComesBackAsItWas() {
        var cluster = ofThePeer().wants(2, "spilo:2").adopted(Adoption.FIRST_SIGHT);
        var recorded = recorded(cluster.planned().held());
        var set = cluster.world.statefulSet().orElseThrow();
        cluster.world
                .deleter()
                .delete(
                        dev.patronioperator.plan.ObjectRef.of(set),
                        set.getMetadata().getUid(),
                        dev.patronioperator.kubernetes.Deleter.Dependents.ORPHANED);

        var plan = cluster.adopted(new Adoption(false, recorded)).plan();

        assertThat(template(plan).getSpec().getTemplate())
                .isEqualTo(set.getSpec().getTemplate());
        assertThat(plan.impact()).isEqualTo(Impact.NONE);
    }

    @Test
    void aPodThatThePeerFlaggedIsLeftAndOneThatIsFlaggedLaterIsNot() {
        var cluster = ofThePeer().adopted(Adoption.FIRST_SIGHT);
        cluster.world.flag("orders-0");
        var first = cluster.planned();
        assertThat(first.plan().steps()).isEmpty();
        assertThat(PlanText.text(first.plan())).contains("deferred: Recreate Pod orders-0");

        cluster.adopted(new Adoption(false, recorded(first.held())));
        assertThat(cluster.plan().steps()).isEmpty();

        cluster.world.flag("orders-1");
        assertThat(PlanText.text(cluster.plan())).contains("Recreate Pod orders-1");
    }

    /** As the operator after the next restart reads it. */
    private static Held recorded(Held held) {
        var cluster = new Postgresql();
        cluster.getMetadata().setName("orders");
        cluster.getMetadata().setNamespace("ns");
        cluster.getMetadata().setUid("0123456789");
        var records = new AdoptionRecords(new ObjectMapper());
        return records.of(cluster, List.of(records.revision(cluster, held))).held();
    }
}
