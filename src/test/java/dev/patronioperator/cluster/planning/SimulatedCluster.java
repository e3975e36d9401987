package dev.patronioperator.cluster.planning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;

import dev.patronioperator.api.PlannedWith;
import dev.patronioperator.api.PostgresqlStatus;
import dev.patronioperator.cluster.desired.DesiredObjects;
import dev.patronioperator.cluster.desired.PatroniMarks;
import dev.patronioperator.cluster.desired.SecretTemplate;
import dev.patronioperator.cluster.execute.ClusterEffects;
import dev.patronioperator.cluster.execute.DatabaseEffects;
import dev.patronioperator.cluster.model.PrimaryPooler;
import dev.patronioperator.cluster.observe.ClusterObserver;
import dev.patronioperator.cluster.observe.DatabaseLook;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.status.ClusterStatusBuilder;
import dev.patronioperator.cluster.status.Situation;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.kubernetes.naming.Labels;
import dev.patronioperator.patroni.json.PatroniAnnotations;
import dev.patronioperator.patroni.json.PatroniJson;
import dev.patronioperator.plan.Execution;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlanExecutor;
import dev.patronioperator.postgres.parameters.ParameterCatalogue;
import dev.patronioperator.testkit.world.OperatorKilled;
import dev.patronioperator.testkit.world.World;

/** The planner and the effects of one cluster at work in a {@link World}; what is wanted is small and made by hand. */
final class SimulatedCluster {

    static final String NAME = "orders";
    private static final Map<String, String> SELECTOR = Map.of("application", "spilo", "cluster-name", NAME);
    private static final ObjectMapper JSON = new ObjectMapper();

    final World world = new World(NAME, JSON);
    private final ClusterPlanner planner = new ClusterPlanner(new ObjectTrees(JSON));
    private List<String> missing = List.of();
    private final ClusterObserver observer =
            new ClusterObserver(new PatroniAnnotations(new PatroniJson(JSON)), world.clock);
    private int instances;
    private String image = "spilo:1";
    private boolean lazyImages;
    private Map<String, String> readyNodes = Map.of();
    private RolloutMemory memory = RolloutMemory.NONE;
    private Map<String, Object> dynamicConfiguration = Map.of();
    private Map<String, String> environment = new LinkedHashMap<>();
    private Adoption adoption = Adoption.NONE;
    private Optional<PostgresqlStatus> status = Optional.empty();
    private int maxConnections = 100;
    private Map<String, String> podAnnotations = Map.of();
    private Map<String, String> inheritedLabels = Map.of();
    private List<ObjectMeta> former = List.of();
    private Optional<PrimaryPooler> pooler = Optional.empty();
    private boolean newManifest;

    SimulatedCluster(int instances) {
        this.instances = instances;
    }

    SimulatedCluster wants(int instances, String image) {
        this.instances = instances;
        this.image = image;
        return this;
    }

    /** With a pooler in front of the primary, which gives back server connections after each of these. */
    SimulatedCluster pooled(String mode) {
        pooler = Optional.of(new PrimaryPooler(
                NAME + "-pooler",
                Map.of("connection-pooler", NAME + "-pooler"),
                "pooler",
                new ObjectRef("v1", "Secret", "ns", "postgres." + NAME),
                new ObjectRef("v1", "Service", "ns", NAME),
                mode.equals("transaction")));
        return this;
    }

    /** Variables of the container, in this order. */
    SimulatedCluster wants(Map<String, String> variables) {
        this.environment = variables;
        return this;
    }

    /** Patroni's dynamic configuration. */
    SimulatedCluster configures(Map<String, Object> patch) {
        this.dynamicConfiguration = patch;
        return this;
    }

    /** How much is left as another operator made it. */
    SimulatedCluster adopted(Adoption adoption) {
        this.adoption = adoption;
        return this;
    }

    /** {@code node_readiness_label}. */
    SimulatedCluster staysOn(Map<String, String> readyNodes) {
        this.readyNodes = readyNodes;
        return this;
    }

    /** The manifest was edited since the last look. */
    SimulatedCluster edited() {
        newManifest = true;
        return this;
    }

    /** {@code enable_lazy_spilo_upgrade}. */
    SimulatedCluster lazy(boolean lazyImages) {
        this.lazyImages = lazyImages;
        return this;
    }

    /** What {@code managedFields} hold. */
    static FieldsV1 fields(String json) {
        try {
            return JSON.readValue(json, FieldsV1.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** What templates of earlier manifests had. */
    SimulatedCluster formerly(Map<String, String> annotations) {
        this.former =
                List.of(new ObjectMetaBuilder().withAnnotations(annotations).build());
        return this;
    }

    SimulatedCluster podAnnotations(Map<String, String> podAnnotations) {
        this.podAnnotations = podAnnotations;
        return this;
    }

    SimulatedCluster inheritedLabels(Map<String, String> inheritedLabels) {
        this.inheritedLabels = inheritedLabels;
        return this;
    }

    SimulatedCluster maxConnections(int maxConnections) {
        this.maxConnections = maxConnections;
        return this;
    }

    private Map<String, Object> parameters() {
        return Map.of("postgresql", Map.of("parameters", Map.of("max_connections", maxConnections)));
    }

    /** One reconcile: observe, plan, act, tell. */
    Execution reconcile() {
        var observed = observe();
        var plan = plan(observed);
        var execution = PlanExecutor.execute(plan, effects(observed));
        // As it survives in the status.
        memory = RolloutMemory.of(planner.remember(
                        desired(),
                        observed,
                        new ClusterPlanner.Leave(adoption, rules(), explanation()),
                        plan,
                        execution,
                        memory)
                .toStatus());
        status = Optional.of(ClusterStatusBuilder.build(new Situation(
                status,
                1,
                List.of(),
                true,
                new Situation.Wanted(instances, false),
                Known.of(observed),
                plan,
                execution,
                new DatabaseLook.NotOurs(),
                Optional.empty(),
                List.of(),
                new PlannedWith("configuration", "version"),
                world.clock.instant())));
        return execution;
    }

    /** What pods need and is not there. */
    SimulatedCluster lacking(String... what) {
        missing = List.of(what);
        return this;
    }

    /** What the last reconcile has told. */
    PostgresqlStatus status() {
        return status.orElseThrow();
    }

    Plan plan() {
        return plan(observe());
    }

    private Plan plan(ObservedCluster observed) {
        return planned(observed).plan();
    }

    /** The plan and what it leaves as another operator made it. */
    ClusterPlanner.Planned planned() {
        return planned(observe());
    }

    private ClusterPlanner.Planned planned(ObservedCluster observed) {
        return planner.planned(
                new ClusterPlanner.Wanted(
                        desired(),
                        dynamicConfiguration.isEmpty() ? parameters() : dynamicConfiguration,
                        ParameterCatalogue.of("17"),
                        rules(),
                        adoption,
                        former,
                        pooler,
                        missing),
                observed,
                explanation(),
                memory);
    }

    private RolloutRules rules() {
        return new RolloutRules(lazyImages, false, false, readyNodes);
    }

    private Explanation explanation() {
        return new Explanation(newManifest, false, false);
    }

    private ClusterEffects effects(ObservedCluster observed) {
        return new ClusterEffects(
                world.applier(),
                world.deleter(),
                world.patroni(),
                () -> "secret",
                labels -> Known.of(world.pooler.pods()),
                world.pooler,
                new DatabaseEffects(null, null, new DatabaseLook.NotOurs()),
                observed);
    }

    ObservedCluster observe() {
        var labels = new Labels(NAME, "team", Map.of("application", "spilo"), "cluster-name", "spilo-role", Map.of());
        var scope = new ClusterObserver.Scope("ns", NAME, labels, List.<HasMetadata>of());
        return switch (observer.observe(scope, world)) {
            case Known.Value<ObservedCluster>(ObservedCluster observed) -> observed;
            case Known.Unknown<ObservedCluster>(String because) -> throw new AssertionError(because);
        };
    }

    /** Some turns of operator and world, whatever comes of it. */
    SimulatedCluster turns(int count) {
        return turns(count, turn -> {});
    }

    SimulatedCluster turns(int count, Consumer<Integer> eachTurn) {
        for (int turn = 0; turn < count; turn++) {
            reconcileUnlessKilled();
            world.tick();
            eachTurn.accept(turn);
        }
        return this;
    }

    /** A successor starts with the next turn and knows nothing. */
    private void reconcileUnlessKilled() {
        try {
            reconcile();
        } catch (OperatorKilled killed) {
            world.tick();
        } catch (CompletionException elsewhere) {
            // In a thread of its own.
            if (!(elsewhere.getCause() instanceof OperatorKilled)) {
                throw elsewhere;
            }
            world.tick();
        }
    }

    /** Lets the operator and the world take turns until the operator has nothing to do; it may be killed on the way. */
    SimulatedCluster settle() {
        return settle(turn -> {});
    }

    SimulatedCluster settle(Consumer<Integer> eachTurn) {
        for (int turn = 0; turn < 100; turn++) {
            reconcileUnlessKilled();
            world.tick();
            eachTurn.accept(turn);
            if (plan().isEmpty() && world.pods().size() == instances) {
                return this;
            }
        }
        throw new AssertionError("not settled after 100 turns; the plan is still:\n"
                + dev.patronioperator.plan.PlanText.text(plan()) + "\neffects: " + world.effects());
    }

    DesiredObjects desired() {
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withNamespace("ns")
                .withName("postgres." + NAME)
                .withLabels(SELECTOR)
                .endMetadata()
                .build();
        var service = new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("ns")
                .withName(NAME)
                .withLabels(SELECTOR)
                .endMetadata()
                .withNewSpec()
                .withSelector(Map.of("spilo-role", "master"))
                .endSpec()
                .build();
        return new DesiredObjects(
                List.of(service, statefulSet()),
                List.of(new SecretTemplate(secret, List.of("password"))),
                Set.of(),
                PatroniMarks.NONE,
                List.of(),
                List.of());
    }

    private StatefulSet statefulSet() {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withNamespace("ns")
                .withName(NAME)
                .withLabels(SELECTOR)
                .endMetadata()
                .withNewSpec()
                .withReplicas(instances)
                .withNewSelector()
                .withMatchLabels(SELECTOR)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(SELECTOR)
                .addToLabels(inheritedLabels)
                .withAnnotations(podAnnotations)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("postgres")
                .withImage(image)
                .withEnv(environment.entrySet().stream()
                        .map(e -> new EnvVar(e.getKey(), e.getValue(), null))
                        .toList())
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
