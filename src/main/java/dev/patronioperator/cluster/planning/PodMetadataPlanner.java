package dev.patronioperator.cluster.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.kubernetes.naming.Annotations;
import dev.patronioperator.plan.FieldPath;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;

/**
 * Brings labels and annotations of the pod template onto the pods that run: Kubernetes lets both change while a pod stays.
 *
 * <p>Labels and annotations that did not come from the template are somebody else's and stay.
 */
final class PodMetadataPlanner {

    /** The API server refuses to change these on a pod. */
    private static final String FIXED = "container.apparmor.security.beta.kubernetes.io/";

    private PodMetadataPlanner() {}

    /** Whether an annotation of the template reaches a pod only when it is made anew. */
    static boolean isFixed(String annotation) {
        return annotation.startsWith(FIXED);
    }

    /**
     * @param wanted the StatefulSet as it should be
     * @param gone what the template has lost
     * @param leaving names of the pods that are made anew anyway
     */
    static List<PlannedStep> plan(
            StatefulSet wanted,
            LostMetadata gone,
            Set<String> leaving,
            ObservedCluster observed,
            RolloutRules rules,
            Explanation why) {
        var template = wanted.getSpec().getTemplate().getMetadata();
        var steps = new ArrayList<PlannedStep>();
        for (var instance : observed.instances()) {
            if (!instance.isBeingDeleted() && !leaving.contains(instance.name())) {
                var pod = instance.pod().getMetadata();
                var reasons = new ArrayList<Reason>();
                var labels = changes("labels", labels(template), labels(pod), gone.labels(), why, reasons);
                var lost = new TreeSet<>(gone.annotations());
                lost.removeIf(key -> isFixed(key) || rules.keepsIamRole() && key.equals(Annotations.KUBE_IAM_ROLE));
                var annotations =
                        changes("annotations", changeable(annotations(template)), annotations(pod), lost, why, reasons);
                if (!reasons.isEmpty()) {
                    steps.add(step(instance, labels, annotations, reasons));
                }
            }
        }
        return steps;
    }

    private static PlannedStep step(
            ObservedInstance instance,
            Map<String, Optional<String>> labels,
            Map<String, Optional<String>> annotations,
            List<Reason> reasons) {
        return new PlannedStep(
                new Step.UpdatePod(ObjectRef.of(instance.pod()), labels, annotations), Impact.NONE, reasons);
    }

    private static Map<String, Optional<String>> changes(
            String field,
            Map<String, String> wanted,
            Map<String, String> found,
            Set<String> lost,
            Explanation why,
            List<Reason> reasons) {
        var changes = new TreeMap<String, Optional<String>>();
        wanted.forEach((key, value) -> {
            if (!value.equals(found.get(key))) {
                changes.put(key, Optional.of(value));
            }
        });
        lost.stream()
                .filter(key -> found.containsKey(key) && !wanted.containsKey(key))
                .forEach(key -> changes.put(key, Optional.empty()));
        changes.forEach((key, value) -> reasons.add(new Reason(
                why.code(),
                Optional.of(FieldPath.of("metadata").field(field).field(key)),
                found.getOrDefault(key, ""),
                value.orElse(""))));
        return changes;
    }

    private static Map<String, String> changeable(Map<String, String> annotations) {
        var some = new TreeMap<>(annotations);
        some.keySet().removeIf(PodMetadataPlanner::isFixed);
        return some;
    }

    private static Map<String, String> labels(ObjectMeta meta) {
        return meta.getLabels() == null ? Map.of() : meta.getLabels();
    }

    private static Map<String, String> annotations(ObjectMeta meta) {
        return meta.getAnnotations() == null ? Map.of() : meta.getAnnotations();
    }
}
