package dev.patronioperator.controller.planning;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import org.junit.jupiter.api.Test;

import dev.patronioperator.controller.observe.ObservedObjects;
import dev.patronioperator.kubernetes.FieldManagers;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.plan.Deferred;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlanExecutor;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What is planned for a part of a cluster that consists of objects, and whose objects it leaves alone. */
class PartPlannerTest {

    private static final Explanation DRIFT = new Explanation(false, false, false);
    private static final Explanation EDITED = new Explanation(true, false, false);
    private static final Map<String, String> OURS = Map.of("cluster-name", "orders", "part", "orders-pooler");
    private static final Ownership OWNERSHIP =
            new Ownership("orders", "cluster-name", "part", Set.of("orders-pooler", "orders-pooler-repl"));

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final PartRepairs NOTHING_PUT_BACK = new PartRepairs(Map.of(), NOW);

    private final PartPlanner planner = new PartPlanner(new ObjectTrees(new ObjectMapper()));

    @Test
    void missingObjectsAreMadeInTheOrderInWhichTheyAreWanted() {
        var plan = plan(List.of(deployment("img:1", OURS), service(OURS)), List.of());

        assertThat(texts(plan)).containsExactly("Apply Deployment orders-pooler", "Apply Service orders-pooler");
        assertThat(plan.impact()).isEqualTo(Impact.NONE);
    }

    @Test
    void whatIsAsItShouldBeIsLeftAlone() {
        assertThat(plan(List.of(deployment("img:1", OURS)), List.of(stored(deployment("img:1", OURS)))))
                .isEqualTo(Plan.EMPTY);
    }

    @Test
    void changedTemplateReplacesPodsAndIsExplained() {
        var plan = plan(List.of(deployment("img:2", OURS)), List.of(stored(deployment("img:1", OURS))));

        assertThat(texts(plan)).containsExactly("Apply Deployment orders-pooler");
        assertThat(plan.impact()).isEqualTo(Impact.RECREATE);
        assertThat(plan.steps().getFirst().reasons())
                .extracting(Reason::toString)
                .containsExactly("spec.template.spec.containers[pooler].image: img:1 -> img:2 (drift)");
    }

    @Test
    void aTemplateThatSomebodyChangesIsNotPutBackForEver() {
        var wanted = only(deployment("img:1", OURS));
        var found = observed(List.of(stored(deployment("theirs", OURS))));
        var repairs = NOTHING_PUT_BACK;
        for (int time = 0; time < PartRepairs.MOST; time++) {
            var plan = planner.plan(wanted, found, DRIFT, PartAdoption.NONE, repairs)
                    .plan();
            assertThat(texts(plan)).containsExactly("Apply Deployment orders-pooler");
            var done = PlanExecutor.execute(plan, step -> new Outcome.Done());
            repairs = new PartRepairs(repairs.after(done, planner.templates(wanted)), NOW.plusSeconds(time));
        }

        var plan =
                planner.plan(wanted, found, DRIFT, PartAdoption.NONE, repairs).plan();

        assertThat(texts(plan))
                .containsExactly("Refuse to put the Pod template of orders-pooler back: "
                        + "it was put back 3 times, and changed again");
        assertThat(plan.steps().getFirst().reasons()).extracting(Reason::code).containsExactly(Reason.Code.FLAPPING);
        var refused = PlanExecutor.execute(plan, step -> new Outcome.Done());
        assertThat(repairs.after(refused, planner.templates(wanted))).isEqualTo(repairs.known());
        var others = only(deployment("img:2", OURS));
        assertThat(texts(planner.plan(others, found, DRIFT, PartAdoption.NONE, repairs)
                        .plan()))
                .as("something else is wanted")
                .containsExactly("Apply Deployment orders-pooler");
        var later = new PartRepairs(repairs.known(), NOW.plus(Duration.ofHours(2)));
        assertThat(texts(planner.plan(wanted, found, DRIFT, PartAdoption.NONE, later)
                        .plan()))
                .as("much later")
                .containsExactly("Apply Deployment orders-pooler");
    }

    @Test
    void whatIsAskedForIsCarriedOutHoweverOften() {
        var found = observed(List.of(stored(deployment("img:0", OURS))));
        var repairs = NOTHING_PUT_BACK;
        for (int time = 0; time < 2 * PartRepairs.MOST; time++) {
            var wanted = only(deployment("img:1", OURS));
            var plan = planner.plan(wanted, found, EDITED, PartAdoption.NONE, repairs)
                    .plan();
            assertThat(texts(plan)).containsExactly("Apply Deployment orders-pooler");
            var done = PlanExecutor.execute(plan, step -> new Outcome.Done());
            repairs = new PartRepairs(repairs.after(done, planner.templates(wanted)), NOW);
        }
        assertThat(repairs.known()).isEmpty();
    }

    @Test
    void takingOverWhatThePeerMadeReplacesNoPodUntilAnEditChangesItsPods() {
        var wanted = only(deployment("img:2", OURS));
        var peers = observed(List.of(byThePeer(deployment("img:1", OURS))));

        var first = planner.plan(wanted, peers, EDITED, new PartAdoption(true, false, Map.of()), NOTHING_PUT_BACK);

        assertThat(first.plan().isEmpty()).isTrue();
        assertThat(first.plan().deferred())
                .extracting(Deferred::what, Deferred::until)
                .containsExactly(
                        tuple(
                                "Apply Deployment orders-pooler",
                                "an edit changes its pods anyway, or patroni-operator.dev/approve-deferred: \"true\" is set on the manifest"));
        assertThat(first.left()).containsOnlyKeys("orders-pooler");
        var later = new PartAdoption(false, false, first.left());
        var untouched = planner.plan(wanted, peers, DRIFT, later, NOTHING_PUT_BACK);
        assertThat(untouched.plan().isEmpty()).isTrue();
        assertThat(untouched.left()).isEqualTo(first.left());
        assertThat(planner.plan(wanted, peers, EDITED, later, NOTHING_PUT_BACK))
                .as("a user was added")
                .isEqualTo(first);
        var edited = planner.plan(only(deployment("img:3", OURS)), peers, EDITED, later, NOTHING_PUT_BACK);
        assertThat(texts(edited.plan())).containsExactly("Apply Deployment orders-pooler");
        assertThat(edited.left()).isEmpty();
    }

    @Test
    void anotherVersionOfTheOperatorIsNoEdit() {
        var wanted = only(deployment("img:3", OURS));
        var peers = observed(List.of(byThePeer(deployment("img:1", OURS))));
        var later = new PartAdoption(false, false, Map.of("orders-pooler", "wanted by another version"));

        var planned = planner.plan(wanted, peers, Explanation.NEW_OPERATOR, later, NOTHING_PUT_BACK);

        assertThat(planned.plan().isEmpty()).isTrue();
        assertThat(planner.plan(
                        wanted, peers, EDITED, new PartAdoption(false, false, planned.left()), NOTHING_PUT_BACK))
                .extracting(PartPlanner.Planned::left)
                .isEqualTo(planned.left());
    }

    @Test
    void whatWasLeftIsMendedWhenItIsApproved() {
        var wanted = only(deployment("img:2", OURS));
        var peers = observed(List.of(byThePeer(deployment("img:1", OURS))));
        var left = planner.plan(wanted, peers, EDITED, new PartAdoption(true, false, Map.of()), NOTHING_PUT_BACK)
                .left();

        for (var firstSight : List.of(true, false)) {
            var approved =
                    planner.plan(wanted, peers, DRIFT, new PartAdoption(firstSight, true, left), NOTHING_PUT_BACK);

            assertThat(texts(approved.plan())).containsExactly("Apply Deployment orders-pooler");
            assertThat(approved.left()).isEmpty();
        }
    }

    @Test
    void otherChangesOfADeploymentDisturbNobody() {
        var wanted = deployment("img:1", OURS);
        wanted.getSpec().setReplicas(7);

        assertThat(plan(List.of(wanted), List.of(stored(deployment("img:1", OURS))))
                        .impact())
                .isEqualTo(Impact.NONE);
    }

    @Test
    void deploymentWithAnotherSelectorIsDeletedAndMadeAgainWhenItIsGone() {
        var found = stored(deployment("img:1", OURS));
        var wanted = deployment("img:1", OURS);
        wanted.getSpec().getSelector().setMatchLabels(Map.of("part", "renamed"));

        assertThat(steps(plan(List.of(wanted), List.of(found))))
                .containsExactly(new Step.Delete(ObjectRef.of(found), "uid-Deployment"));
        found.getMetadata().setDeletionTimestamp("2026-11-25T12:00:00Z");
        assertThat(texts(plan(List.of(wanted), List.of(found))))
                .containsExactly("Wait for Deployment orders-pooler to be gone before it is made again");
    }

    @Test
    void whatIsNotWantedIsDeletedOnceAndByItsUid() {
        var found = stored(service(OURS));

        assertThat(steps(unwanted(found))).containsExactly(new Step.Delete(ObjectRef.of(found), "uid-Service"));
        found.getMetadata().setDeletionTimestamp("2026-11-25T12:00:00Z");
        assertThat(unwanted(found)).isEqualTo(Plan.EMPTY);
    }

    @Test
    void objectOfAnotherClusterIsNeitherTakenOverNorDeleted() {
        var theirs = stored(service(Map.of("cluster-name", "orders-pooler", "part", "orders-pooler")));

        var plan = plan(List.of(service(OURS)), List.of(theirs));

        assertThat(texts(plan)).containsExactly("Refuse to take over Service orders-pooler");
        assertThat(plan.impact()).isEqualTo(Impact.FORBIDDEN);
        assertThat(plan.steps().getFirst().reasons())
                .extracting(Reason::after)
                .containsExactly("it belongs to the cluster orders-pooler");
        assertThat(unwanted(theirs)).isEqualTo(Plan.EMPTY);
    }

    @Test
    void objectThatBelongsToAnotherControllerIsNeitherTakenOverNorDeleted() {
        var theirs = stored(service(OURS));
        theirs.getMetadata()
                .setOwnerReferences(List.of(new OwnerReferenceBuilder()
                        .withKind("Release")
                        .withName("shop")
                        .withUid("u")
                        .withController(true)
                        .build()));

        assertThat(texts(plan(List.of(service(OURS)), List.of(theirs))))
                .containsExactly("Refuse to take over Service orders-pooler");
        assertThat(unwanted(theirs)).isEqualTo(Plan.EMPTY);
    }

    @Test
    void objectWithoutThePartsLabelIsSomebodyElses() {
        assertThat(texts(plan(List.of(service(OURS)), List.of(stored(service(Map.of()))))))
                .containsExactly("Refuse to take over Service orders-pooler");
    }

    @Test
    void whatAClusterOfTheSameNameLeftBehindIsTakenOver() {
        var left = stored(service(Map.of("part", "orders-pooler")));
        left.getMetadata()
                .setOwnerReferences(List.of(new OwnerReferenceBuilder()
                        .withKind("postgresql")
                        .withName("orders")
                        .withUid("of-the-former")
                        .withController(true)
                        .build()));

        assertThat(texts(plan(List.of(service(OURS)), List.of(left)))).containsExactly("Apply Service orders-pooler");
    }

    @Test
    void whatIsMissingIsWaitedForWhileTheRestIsDone() {
        var desired = new PartObjects(List.of(service(OURS)), Set.of(), OWNERSHIP, Optional.of("the password"));

        assertThat(texts(
                        planner.plan(desired, new ObservedObjects(Map.of()), DRIFT, PartAdoption.NONE, NOTHING_PUT_BACK)
                                .plan()))
                .containsExactly("Apply Service orders-pooler", "Wait for the password");
    }

    private Plan plan(List<HasMetadata> wanted, List<HasMetadata> found) {
        return planner.plan(
                        new PartObjects(wanted, Set.of(), OWNERSHIP, Optional.empty()),
                        observed(found),
                        DRIFT,
                        PartAdoption.NONE,
                        NOTHING_PUT_BACK)
                .plan();
    }

    private Plan unwanted(HasMetadata found) {
        return planner.plan(
                        new PartObjects(List.of(), Set.of(ObjectRef.of(found)), OWNERSHIP, Optional.empty()),
                        observed(List.of(found)),
                        DRIFT,
                        PartAdoption.NONE,
                        NOTHING_PUT_BACK)
                .plan();
    }

    private static PartObjects only(HasMetadata wanted) {
        return new PartObjects(List.of(wanted), Set.of(), OWNERSHIP, Optional.empty());
    }

    private static ObservedObjects observed(List<HasMetadata> found) {
        var objects = new HashMap<ObjectRef, HasMetadata>();
        found.forEach(object -> objects.put(ObjectRef.of(object), object));
        return new ObservedObjects(objects);
    }

    private static List<String> texts(Plan plan) {
        return steps(plan).stream().map(Step::text).toList();
    }

    private static List<Step> steps(Plan plan) {
        return plan.steps().stream().map(PlannedStep::step).toList();
    }

    private static Service service(Map<String, String> labels) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("ns")
                .withName("orders-pooler")
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withSelector(Map.of("part", "orders-pooler"))
                .endSpec()
                .build();
    }

    private static Deployment deployment(String image, Map<String, String> labels) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace("ns")
                .withName("orders-pooler")
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withReplicas(2)
                .withNewSelector()
                .withMatchLabels(Map.of("part", "orders-pooler"))
                .endSelector()
                .withNewTemplate()
                .withNewSpec()
                .addNewContainer()
                .withName("pooler")
                .withImage(image)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    /** As the API server gives it back: with an identity, and with the name of who wrote it. */
    private static <T extends HasMetadata> T stored(T object) {
        return written(object, FieldManagers.POOLERS);
    }

    private static <T extends HasMetadata> T byThePeer(T object) {
        return written(object, "postgres-operator");
    }

    private static <T extends HasMetadata> T written(T object, String manager) {
        object.getMetadata().setUid("uid-" + object.getKind());
        object.getMetadata()
                .setManagedFields(List.of(
                        new ManagedFieldsEntryBuilder().withManager(manager).build()));
        return object;
    }
}
