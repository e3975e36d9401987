package dev.patronioperator.fixpoint;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;

import dev.patronioperator.api.FabricEventStream;
import dev.patronioperator.cluster.desired.DynamicConfigPatch;
import dev.patronioperator.cluster.observe.Dcs;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.cluster.planning.ClusterPlanner;
import dev.patronioperator.cluster.planning.RolloutRules;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.patroni.json.PatroniAnnotations;
import dev.patronioperator.patroni.json.PatroniJson;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.SpecDiffer;
import dev.patronioperator.postgres.parameters.ParameterCatalogue;
import dev.patronioperator.testkit.server.StoredObject;

/** A settled, healthy cluster that runs as one manifest and configuration say, and shall be as others say. */
final class ChangedCluster {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String REVISION = "revision-1";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PatroniAnnotations PATRONI = new PatroniAnnotations(new PatroniJson(JSON));
    private static final ObjectTrees TREES = new ObjectTrees(JSON);

    private final WrittenObjects before;
    private final WrittenObjects after;

    ChangedCluster(WrittenObjects before, WrittenObjects after) {
        this.before = before;
        this.after = after;
    }

    /** What the change costs; the pods of the poolers count like those of the database. */
    Impact impact() {
        return plan().impact().or(poolers());
    }

    Plan plan() {
        return new ClusterPlanner(TREES)
                .plan(
                        new ClusterPlanner.Wanted(
                                after.cluster(),
                                DynamicConfigPatch.of(after.model(), List.of(before.model())),
                                ParameterCatalogue.of(after.model().server().version()),
                                RolloutRules.of(after.model().settings())),
                        observed(),
                        new Explanation(true, false, false));
    }

    private Impact poolers() {
        return before.beside().stream().filter(Deployment.class::isInstance).anyMatch(found -> after.beside().stream()
                        .filter(wanted -> ObjectRef.of(wanted).equals(ObjectRef.of(found)))
                        .anyMatch(wanted -> hasAnotherTemplate(wanted, found)))
                ? Impact.RECREATE
                : Impact.NONE;
    }

    private static boolean hasAnotherTemplate(HasMetadata wanted, HasMetadata found) {
        var stored = StoredObject.applied(found).read();
        return SpecDiffer.differences(TREES.of(wanted), TREES.of(stored), TREES.ownership(stored)).stream()
                .anyMatch(difference -> difference.path().toString().startsWith("spec.template."));
    }

    private ObservedCluster observed() {
        var objects = new HashMap<ObjectRef, HasMetadata>();
        before.all().stream()
                .map(object -> StoredObject.applied(object).read())
                .map(object -> object instanceof StatefulSet set ? seen(set) : object)
                .forEach(object -> objects.put(ObjectRef.of(object), object));
        return new ObservedCluster(objects, instances(), claims(), Known.of(eventStreams()), dcs(), NOW);
    }

    private List<FabricEventStream> eventStreams() {
        return before.cluster().eventStreams().stream()
                .map(stream -> (FabricEventStream) StoredObject.applied(stream).read())
                .toList();
    }

    private static HasMetadata seen(StatefulSet set) {
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

    private StatefulSet statefulSet() {
        return before.cluster().objects().stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private String member(int ordinal) {
        return before.model().identity().name() + "-" + ordinal;
    }

    private List<ObservedInstance> instances() {
        var instances = new ArrayList<ObservedInstance>();
        for (int ordinal = 0; ordinal < before.model().instances().count(); ordinal++) {
            instances.add(instance(ordinal));
        }
        return instances;
    }

    private ObservedInstance instance(int ordinal) {
        var template = statefulSet().getSpec().getTemplate();
        var role = ordinal == 0 ? "primary" : "replica";
        var pod = new PodBuilder()
                .withMetadata(template.getMetadata().edit().build())
                .editMetadata()
                .withNamespace(before.model().identity().namespace())
                .withName(member(ordinal))
                .withUid("pod-" + ordinal)
                .addToLabels("controller-revision-hash", REVISION)
                .addToAnnotations("status", "{\"state\":\"running\",\"role\":\"" + role + "\"}")
                .endMetadata()
                .withSpec(template.getSpec())
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
        return new ObservedInstance(
                pod, ordinal, PATRONI.podStatus(pod.getMetadata().getAnnotations()), Optional.of(role));
    }

    private List<PersistentVolumeClaim> claims() {
        var template = statefulSet().getSpec().getVolumeClaimTemplates().getFirst();
        var claims = new ArrayList<PersistentVolumeClaim>();
        for (int ordinal = 0; ordinal < before.model().instances().count(); ordinal++) {
            claims.add(new PersistentVolumeClaimBuilder(template)
                    .editMetadata()
                    .withNamespace(before.model().identity().namespace())
                    .withName("pgdata-" + member(ordinal))
                    .withUid("claim-" + ordinal)
                    .endMetadata()
                    .build());
        }
        return claims;
    }

    private Dcs dcs() {
        try {
            var configuration = JSON.writeValueAsString(present(DynamicConfigPatch.of(before.model(), List.of())));
            return new Dcs(
                    PATRONI.leader(Map.of("leader", member(0), "ttl", "30", "renewTime", NOW.toString())),
                    PATRONI.config(Map.of("initialize", "1", "config", configuration)),
                    PATRONI.sync(Map.of()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is left of a merge patch on an empty document. */
    private static Map<String, Object> present(Map<?, ?> patch) {
        var present = new LinkedHashMap<String, Object>();
        patch.forEach((key, value) -> {
            if (value instanceof Map<?, ?> map) {
                present.put(String.valueOf(key), present(map));
            } else if (value != null) {
                present.put(String.valueOf(key), value);
            }
        });
        return present;
    }
}
