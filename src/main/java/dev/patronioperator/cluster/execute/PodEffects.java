package dev.patronioperator.cluster.execute;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.kubernetes.Applier;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.Step;

/** Changes pods that stay, and knows for the rest of the pass whether that went well with all of them. */
final class PodEffects {

    private final Applier applier;
    private final ObservedCluster observed;
    private boolean lackUpdates;

    PodEffects(Applier applier, ObservedCluster observed) {
        this.applier = applier;
        this.observed = observed;
    }

    Outcome update(Step.UpdatePod update) {
        boolean othersLackUpdates = lackUpdates;
        lackUpdates = true;
        observed.instance(update.pod().name())
                .ifPresent(instance -> applier.edit(instance.pod(), pod -> updated(pod, update)));
        lackUpdates = othersLackUpdates;
        return new Outcome.Done();
    }

    /** Whether a pod could not be updated in this pass. */
    boolean lackUpdates() {
        return lackUpdates;
    }

    private static Pod updated(Pod pod, Step.UpdatePod update) {
        return new PodBuilder(pod)
                .editMetadata()
                .withLabels(changed(pod.getMetadata().getLabels(), update.labels()))
                .withAnnotations(changed(pod.getMetadata().getAnnotations(), update.annotations()))
                .endMetadata()
                .build();
    }

    private static Map<String, String> changed(Map<String, String> found, Map<String, Optional<String>> changes) {
        var after = new LinkedHashMap<String, String>(found == null ? Map.of() : found);
        changes.forEach((key, value) -> value.ifPresentOrElse(v -> after.put(key, v), () -> after.remove(key)));
        return after;
    }
}
