package dev.patronioperator.backup.desired;

import java.util.Map;
import java.util.SortedSet;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;

import dev.patronioperator.backup.model.BackupModel;
import dev.patronioperator.manifest.MemberPorts;
import dev.patronioperator.manifest.Placement;
import dev.patronioperator.manifest.SecretMount;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.parameters.LogicalBackupParameters;

/** The CronJob of the logical backup. */
final class BackupCronJob {

    private static final String CONTAINER = "logical-backup";

    private BackupCronJob() {}

    static CronJob render(BackupModel model, String name, SortedSet<String> secretKeys) {
        var identity = model.identity();
        var settings = model.settings();
        var labels = identity.labels().backup();
        var annotations = model.pod().annotations();
        return new CronJobBuilder()
                .withMetadata(identity.meta(name, labels, annotations))
                .withNewSpec()
                .withSchedule(model.schedule())
                .withConcurrencyPolicy("Forbid")
                .withSuccessfulJobsHistoryLimit(
                        settings.get(LogicalBackupParameters.LOGICAL_BACKUP_SUCCESSFUL_JOBS_HISTORY_LIMIT))
                .withFailedJobsHistoryLimit(
                        settings.get(LogicalBackupParameters.LOGICAL_BACKUP_FAILED_JOBS_HISTORY_LIMIT))
                .withNewJobTemplate()
                .withMetadata(meta(labels, annotations))
                .withNewSpec()
                .withTtlSecondsAfterFinished(
                        settings.get(LogicalBackupParameters.LOGICAL_BACKUP_TTL_SECONDS_AFTER_FINISHED))
                .withNewTemplate()
                .withMetadata(meta(labels, model.pod().annotationsWithIamRole())
                        .edit()
                        .withNamespace(identity.namespace())
                        .build())
                .withSpec(pod(model, secretKeys))
                .endTemplate()
                .endSpec()
                .endJobTemplate()
                .endSpec()
                .build();
    }

    private static ObjectMeta meta(Map<String, String> labels, Map<String, String> annotations) {
        return new ObjectMetaBuilder()
                .withLabels(labels)
                .withAnnotations(annotations.isEmpty() ? null : annotations)
                .build();
    }

    private static PodSpec pod(BackupModel model, SortedSet<String> secretKeys) {
        var mount = SecretMount.of(model.settings());
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withServiceAccountName(model.pod().serviceAccount())
                .withTerminationGracePeriodSeconds(model.pod().graceSeconds())
                .withSecurityContext(model.pod().securityContext())
                .withTolerations(model.placement().tolerations())
                .withAffinity(affinity(model))
                .withTopologySpreadConstraints(model.topologySpread())
                .withContainers(container(model, secretKeys))
                .withVolumes(mount.map(SecretMount::volume).stream().toList())
                .build();
    }

    private static Affinity affinity(BackupModel model) {
        var labels = model.identity().labels().backup();
        return new AffinityBuilder()
                .withNodeAffinity(model.placement().nodeAffinity().orElse(null))
                .withNewPodAffinity()
                .addNewPreferredDuringSchedulingIgnoredDuringExecution()
                .withWeight(1)
                .withPodAffinityTerm(Placement.near(labels, "kubernetes.io/hostname"))
                .endPreferredDuringSchedulingIgnoredDuringExecution()
                .endPodAffinity()
                .build();
    }

    private static Container container(BackupModel model, SortedSet<String> secretKeys) {
        var settings = model.settings();
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(settings.get(LogicalBackupParameters.LOGICAL_BACKUP_DOCKER_IMAGE))
                .withImagePullPolicy("IfNotPresent")
                .withPorts(MemberPorts.ALL)
                .withEnv(BackupEnvironment.render(model, secretKeys))
                .withResources(model.resources().requirements())
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(settings.get(KubernetesParameters.SPILO_ALLOW_PRIVILEGE_ESCALATION))
                .withPrivileged(settings.get(KubernetesParameters.SPILO_PRIVILEGED))
                .withReadOnlyRootFilesystem(false)
                .endSecurityContext()
                .withVolumeMounts(SecretMount.of(settings).map(SecretMount::mount).stream()
                        .toList())
                .build();
    }
}
