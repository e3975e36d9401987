package dev.patronioperator.cluster.desired;

import java.util.LinkedHashMap;
import java.util.Map;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetPersistentVolumeClaimRetentionPolicy;

import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.kubernetes.naming.MemberRole;
import dev.patronioperator.kubernetes.naming.Names;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.value.ClaimRetention;
import dev.patronioperator.settings.value.PodManagementPolicy;

/** The StatefulSet of the members. */
final class StatefulSetObject {

    private StatefulSetObject() {}

    static StatefulSet render(ClusterModel model, ExternalInputs.PodEnvironment environment) {
        var identity = model.identity();
        var settings = model.settings();
        return new StatefulSetBuilder()
                .withMetadata(identity.meta(
                        identity.names().statefulSet(), identity.labels().full(), identity.workloadAnnotations()))
                .withNewSpec()
                .withReplicas(model.instances().count())
                .withServiceName(identity.names().service(MemberRole.PRIMARY))
                .withNewSelector()
                .withMatchLabels(identity.labels().selector())
                .endSelector()
                .withPodManagementPolicy(policy(settings.get(KubernetesParameters.POD_MANAGEMENT_POLICY)))
                // Which pod is replaced when, and that the primary is moved first, is the operator's business.
                .withNewUpdateStrategy()
                .withType("OnDelete")
                .endUpdateStrategy()
                .withPersistentVolumeClaimRetentionPolicy(
                        retention(settings.get(KubernetesParameters.PERSISTENT_VOLUME_CLAIM_RETENTION_POLICY)))
                .withTemplate(PodTemplate.render(model, environment))
                .withVolumeClaimTemplates(claim(model))
                .endSpec()
                .build();
    }

    private static String policy(PodManagementPolicy policy) {
        return switch (policy) {
            case ORDERED_READY -> "OrderedReady";
            case PARALLEL -> "Parallel";
        };
    }

    private static StatefulSetPersistentVolumeClaimRetentionPolicy retention(ClaimRetention retention) {
        return new StatefulSetPersistentVolumeClaimRetentionPolicy(
                policy(retention.whenDeleted()), policy(retention.whenScaled()));
    }

    private static String policy(ClaimRetention.Policy policy) {
        return switch (policy) {
            case RETAIN -> "Retain";
            case DELETE -> "Delete";
        };
    }

    /** Claims outlive the cluster, so they have neither owner nor namespace of their own. */
    private static PersistentVolumeClaim claim(ClusterModel model) {
        var identity = model.identity();
        var volume = model.volume();
        Map<String, Quantity> requests = new LinkedHashMap<>();
        volume.size().ifPresent(size -> requests.put("storage", size.quantity()));
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(Names.DATA_VOLUME)
                .withLabels(identity.labels().full())
                .withAnnotations(identity.inheritedAnnotations().isEmpty() ? null : identity.inheritedAnnotations())
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withVolumeMode("Filesystem")
                .withNewResources()
                .withRequests(requests)
                .endResources()
                .withStorageClassName(volume.storageClass().orElse(null))
                .withSelector(volume.selector().orElse(null))
                .endSpec()
                .build();
    }
}
