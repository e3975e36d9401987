package dev.patronioperator.fixpoint;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;

import dev.patronioperator.cluster.observe.ClusterObserver;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.planning.ClusterPlanner;
import dev.patronioperator.cluster.planning.RolloutRules;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.patroni.json.PatroniAnnotations;
import dev.patronioperator.patroni.json.PatroniJson;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.postgres.parameters.ParameterCatalogue;
import dev.patronioperator.testkit.server.StoredObject;
import dev.patronioperator.testkit.world.World;

/** A cluster whose objects an API server has stored, with its pods made and running; and what is planned for it. */
final class PlannedCluster {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REVISION = "revision-1";

    private final WrittenObjects written;
    private final World world;

    PlannedCluster(WrittenObjects written) {
        this(written, object -> {});
    }

    /** A cluster in whose making a webhook had its way. */
    PlannedCluster(WrittenObjects written, Consumer<Map<String, Object>> webhook) {
        this.written = written;
        this.world = new World(written.model().identity().name(), JSON);
        written.all().stream()
                .map(object -> StoredObject.admitted(object, webhook))
                .forEach(this::with);
    }

    /** Puts an object in the place of the one that was stored. */
    PlannedCluster with(StoredObject object) {
        var read = object.read();
        if (read instanceof StatefulSet set) {
            world.replace(observedByController(set));
            for (int i = 0;
                    i < set.getSpec().getReplicas()
                            && i < written.model().instances().count();
                    i++) {
                world.replace(pod(i));
            }
        } else {
            world.replace(read);
        }
        return this;
    }

    PlannedCluster without(HasMetadata object) {
        world.remove(object);
        return this;
    }

    Plan plan() {
        return new ClusterPlanner(new ObjectTrees(JSON))
                .plan(
                        new ClusterPlanner.Wanted(
                                written.cluster(), Map.of(), ParameterCatalogue.of("17"), RolloutRules.EAGER),
                        observed(),
                        new Explanation(false, false, false));
    }

    private ObservedCluster observed() {
        var identity = written.model().identity();
        var scope = new ClusterObserver.Scope(
                identity.namespace(), identity.name(), identity.labels(), List.<HasMetadata>copyOf(written.all()));
        var observer = new ClusterObserver(new PatroniAnnotations(new PatroniJson(JSON)), world.clock);
        return switch (observer.observe(scope, world)) {
            case Known.Value<ObservedCluster>(ObservedCluster observed) -> observed;
            case Known.Unknown<ObservedCluster>(String because) -> throw new AssertionError(because);
        };
    }

    private static StatefulSet observedByController(StatefulSet set) {
        return new StatefulSetBuilder(set)
                .editMetadata()
                .withGeneration(1L)
                .endMetadata()
                .withNewStatus()
                .withObservedGeneration(1L)
                .withUpdateRevision(REVISION)
                .endStatus()
                .build();
    }

    /** Made from the template as it was applied. */
    private Pod pod(int ordinal) {
        var template = written.cluster().objects().stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .findFirst()
                .orElseThrow()
                .getSpec()
                .getTemplate();
        var identity = written.model().identity();
        return new PodBuilder()
                .withMetadata(template.getMetadata().edit().build())
                .editMetadata()
                .withNamespace(identity.namespace())
                .withName(identity.names().statefulSet() + "-" + ordinal)
                .withUid("pod-" + ordinal)
                .addToLabels("controller-revision-hash", "an-older-one")
                .endMetadata()
                .withSpec(template.getSpec())
                .withNewStatus()
                .withConditions(new PodConditionBuilder()
                        .withType("Ready")
                        .withStatus("True")
                        .build())
                .endStatus()
                .build();
    }
}
