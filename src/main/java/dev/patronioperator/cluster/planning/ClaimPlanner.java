package dev.patronioperator.cluster.planning;

import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.controller.planning.ObjectPlanner;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.plan.PlannedStep;

/**
 * Plans labels and annotations of the claims of the data volumes. A StatefulSet gives them to claims that it makes, but never changes
 * them on claims that exist. Their size is {@link VolumePlanner}'s business.
 */
final class ClaimPlanner {

    private final ObjectPlanner each;

    ClaimPlanner(ObjectTrees trees) {
        this.each = new ObjectPlanner(trees);
    }

    List<PlannedStep> plan(StatefulSet wanted, ObservedCluster observed, Explanation why) {
        return templates(wanted).stream()
                .findFirst()
                .map(template -> observed.claims().stream()
                        .filter(claim -> claim.getMetadata().getDeletionTimestamp() == null)
                        .flatMap(claim ->
                                each
                                        .apply(likeTemplate(claim, template), Optional.<HasMetadata>of(claim), why)
                                        .stream())
                        .toList())
                .orElse(List.of());
    }

    private static List<PersistentVolumeClaim> templates(StatefulSet wanted) {
        var templates = wanted.getSpec().getVolumeClaimTemplates();
        return templates == null ? List.of() : templates;
    }

    /** With the size it has: what is once applied and then left out would be taken away. */
    private static PersistentVolumeClaim likeTemplate(PersistentVolumeClaim claim, PersistentVolumeClaim template) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withNamespace(claim.getMetadata().getNamespace())
                .withName(claim.getMetadata().getName())
                .withLabels(template.getMetadata().getLabels())
                .withAnnotations(template.getMetadata().getAnnotations())
                .endMetadata()
                .withNewSpec()
                .withNewResources()
                .withRequests(claim.getSpec().getResources().getRequests())
                .endResources()
                .endSpec()
                .build();
    }
}
