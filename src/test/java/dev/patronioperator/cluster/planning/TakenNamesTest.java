package dev.patronioperator.cluster.planning;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import org.junit.jupiter.api.Test;

import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.cluster.desired.DesiredObjects;
import dev.patronioperator.cluster.desired.ExternalInputs;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.observe.Dcs;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedNodes;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.patroni.json.PatroniAnnotations;
import dev.patronioperator.patroni.json.PatroniJson;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Step;
import dev.patronioperator.postgres.parameters.ParameterCatalogue;
import dev.patronioperator.settings.Settings;

import static org.assertj.core.api.Assertions.assertThat;

/** An object of others that has a name which the cluster needs is refused; what else can go on does. */
class TakenNamesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PatroniAnnotations PATRONI = new PatroniAnnotations(new PatroniJson(JSON));
    private static final String THEIRS = "it belongs to Deployment shop";

    private final DesiredObjects desired = DesiredObjects.render(
            ClusterModel.accept(ClusterManifests.with(""), Settings.defaults()), ExternalInputs.NONE);

    @Test
    void noPodIsMadeThatWouldDisturbAServiceOfOthers() {
        var plan = plan(List.of(), "Service/acid-test");

        assertThat(texts(plan, Step.Refuse.class)).containsExactly("Refuse to take over Service acid-test");
        assertThat(applied(plan))
                .doesNotContain("Service/acid-test", "StatefulSet/acid-test")
                .contains("Service/acid-test-repl");
        assertThat(texts(plan, Step.Await.class)).containsExactly("Wait for Service acid-test of others to be gone");
    }

    @Test
    void aClusterThatRunsGoesOnWithoutWhatOthersHave() {
        var plan = plan(
                desired.objects().stream()
                        .filter(object -> object.getKind().equals("StatefulSet"))
                        .toList(),
                "Service/acid-test-repl");

        assertThat(plan.steps()).anySatisfy(step -> assertThat(step.reasons())
                .anySatisfy(reason -> assertThat(reason.toString()).isEqualTo("name taken: " + THEIRS)));
        assertThat(applied(plan)).contains("Service/acid-test").doesNotContain("Service/acid-test-repl");
        assertThat(texts(plan, Step.Await.class)).isEmpty();
    }

    @Test
    void aBudgetOfOthersKeepsNoPodFromBeingMade() {
        assertThat(applied(plan(List.of(), "PodDisruptionBudget/postgres-acid-test-pdb")))
                .contains("StatefulSet/acid-test")
                .doesNotContain("PodDisruptionBudget/postgres-acid-test-pdb");
    }

    @Test
    void credentialsOfOthersAreNotTakenForTheClusters() {
        var secret = ObjectRef.of(desired.secrets().getFirst().secret());

        var plan = plan(List.of(), "Secret/" + secret.name());

        assertThat(texts(plan, Step.Refuse.class)).containsExactly("Refuse to take over Secret " + secret.name());
        assertThat(texts(plan, Step.CreateSecret.class))
                .hasSize(desired.secrets().size() - 1);
        assertThat(applied(plan)).doesNotContain("StatefulSet/acid-test");
    }

    @Test
    void nothingAtAllIsDoneWhileAnotherHasTheStatefulSetsName() {
        var plan = plan(List.of(), "StatefulSet/acid-test");

        assertThat(plan.changesAnything()).isFalse();
        assertThat(texts(plan, Step.Refuse.class)).containsExactly("Refuse to take over StatefulSet acid-test");
        assertThat(texts(plan, Step.Await.class)).hasSize(1);
    }

    private Plan plan(List<HasMetadata> there, String taken) {
        var theirs = Stream.concat(
                        desired.objects().stream(),
                        desired.secrets().stream().<HasMetadata>map(secret -> secret.secret()))
                .map(ObjectRef::of)
                .filter(ref -> taken.equals(ref.kind() + "/" + ref.name()))
                .collect(Collectors.toMap(Function.identity(), ref -> THEIRS));
        assertThat(theirs).as("a name of the cluster's").hasSize(1);
        var observed = new ObservedCluster(
                there.stream().collect(Collectors.toMap(ObjectRef::of, Function.identity())),
                theirs,
                List.of(),
                Map.of(),
                List.of(),
                ObservedNodes.UNKNOWN,
                Known.unknown("not installed"),
                new Dcs(PATRONI.leader(Map.of()), PATRONI.config(Map.of()), PATRONI.sync(Map.of())),
                Instant.parse("2026-01-01T00:00:00Z"));
        return new ClusterPlanner(new ObjectTrees(JSON))
                .plan(
                        new ClusterPlanner.Wanted(desired, Map.of(), ParameterCatalogue.of("17"), RolloutRules.EAGER),
                        observed,
                        new Explanation(true, false, false));
    }

    private static List<String> texts(Plan plan, Class<? extends Step> type) {
        return plan.steps().stream()
                .map(PlannedStep::step)
                .filter(type::isInstance)
                .map(Step::text)
                .toList();
    }

    private static List<String> applied(Plan plan) {
        return plan.steps().stream()
                .map(PlannedStep::step)
                .filter(Step.Apply.class::isInstance)
                .map(step -> ObjectRef.of(((Step.Apply) step).desired()))
                .map(ref -> ref.kind() + "/" + ref.name())
                .toList();
    }
}
