package dev.patronioperator.cluster.planning;

import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

import dev.patronioperator.cluster.desired.PatroniMarks;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.plan.PlannedStep;

/** Plans the marks on Patroni's own objects. What is not there is Patroni's to make, never ours. */
final class PatroniMarkPlanner {

    private final ObjectsPlanner objects;

    PatroniMarkPlanner(ObjectsPlanner objects) {
        this.objects = objects;
    }

    List<PlannedStep> plan(PatroniMarks marks, ObservedCluster observed, Explanation why) {
        return marks.objects().stream()
                .flatMap(ref -> observed.find(ref).stream())
                .flatMap(found -> marked(found, marks).flatMap(wanted -> objects.change(wanted, found, why)).stream())
                .toList();
    }

    /** Nothing but the marks, so that nothing else becomes ours. */
    private static Optional<HasMetadata> marked(HasMetadata found, PatroniMarks marks) {
        var meta = meta(found, marks);
        return switch (found) {
            case ConfigMap ignored ->
                Optional.of(new ConfigMapBuilder().withMetadata(meta).build());
            case Endpoints ignored ->
                Optional.of(new EndpointsBuilder().withMetadata(meta).build());
            case Service ignored ->
                Optional.of(new ServiceBuilder().withMetadata(meta).build());
            default -> Optional.empty();
        };
    }

    /** With the uid: an object that has gone in the meantime must not come back empty. */
    private static ObjectMeta meta(HasMetadata found, PatroniMarks marks) {
        return new ObjectMetaBuilder()
                .withNamespace(found.getMetadata().getNamespace())
                .withName(found.getMetadata().getName())
                .withUid(found.getMetadata().getUid())
                .withOwnerReferences(marks.owners())
                .withAnnotations(marks.annotations().isEmpty() ? null : marks.annotations())
                .build();
    }
}
