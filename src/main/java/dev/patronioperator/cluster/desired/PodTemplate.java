package dev.patronioperator.cluster.desired;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;

import dev.patronioperator.cluster.model.ClusterModel;

/** The pod of a member. */
final class PodTemplate {

    private PodTemplate() {}

    static PodTemplateSpec render(ClusterModel model, ExternalInputs.PodEnvironment environment) {
        var identity = model.identity();
        var pod = model.pod();
        var labels = identity.labels().full();
        var annotations = pod.basics().annotationsWithIamRole();
        var volumes = PodVolumes.of(model);
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withNamespace(identity.namespace())
                .withLabels(labels)
                .withAnnotations(annotations.isEmpty() ? null : annotations)
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(pod.basics().serviceAccount())
                .withTerminationGracePeriodSeconds(pod.basics().graceSeconds())
                .withSecurityContext(pod.basics().securityContext())
                .withTolerations(pod.placement().tolerations())
                .withAffinity(pod.placement().affinity(labels).orElse(null))
                .withTopologySpreadConstraints(pod.topologySpread())
                .withPriorityClassName(pod.priorityClass().orElse(null))
                .withSchedulerName(pod.scheduler().orElse(null))
                .withInitContainers(pod.initContainers())
                .withContainers(volumes.mountInto(
                        PostgresContainer.render(model, environment), SidecarContainers.render(model)))
                .withVolumes(volumes.all())
                .endSpec()
                .build();
    }
}
