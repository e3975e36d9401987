package dev.patronioperator.pooler.desired;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;

import dev.patronioperator.kubernetes.naming.MemberRole;
import dev.patronioperator.manifest.ServicePorts;
import dev.patronioperator.manifest.TlsFiles;
import dev.patronioperator.pooler.model.PoolerModel;

/** The pods of a pooler. */
final class PoolerDeployment {

    private static final String CONTAINER = "connection-pooler";
    private static final String USER_LIST_PATH = "/etc/pgbouncer/" + UserList.KEY;

    /** The image's own user and group. */
    private static final long USER = 100;

    private static final long GROUP = 101;

    private PoolerDeployment() {}

    static Deployment render(PoolerModel model, PoolerInputs inputs, UserList users, MemberRole role) {
        var identity = model.identity();
        var labels = identity.labels();
        var annotations = new TreeMap<>(model.pod().annotations());
        annotations.putAll(users.annotations());
        PgBouncerConfiguration.of(model)
                .map(PgBouncerConfiguration::annotations)
                .ifPresent(annotations::putAll);
        var certificate = CertificateMark.of(model, inputs, role);
        annotations.putAll(certificate.onPods());
        var notes = new TreeMap<>(identity.workloadAnnotations());
        notes.putAll(certificate.onDeployment());
        return new DeploymentBuilder()
                .withMetadata(identity.meta(identity.names().pooler(role), labels.poolerFull(role), notes))
                .withNewSpec()
                .withReplicas(model.instances())
                .withNewSelector()
                .withMatchLabels(labels.poolerSelector(role))
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withNamespace(identity.namespace())
                .withLabels(labels.poolerFull(role))
                .withAnnotations(annotations.isEmpty() ? null : annotations)
                .endMetadata()
                .withSpec(pod(model, inputs, role))
                .endTemplate()
                .endSpec()
                .build();
    }

    private static PodSpec pod(PoolerModel model, PoolerInputs inputs, MemberRole role) {
        return new PodSpecBuilder()
                .withServiceAccountName(model.pod().serviceAccount())
                .withTerminationGracePeriodSeconds(model.pod().graceSeconds())
                .withNewSecurityContext()
                .withRunAsUser(USER)
                .withRunAsGroup(GROUP)
                .withFsGroup(model.pod().fsGroup().orElse(null))
                .endSecurityContext()
                .withTolerations(model.placement().tolerations())
                .withAffinity(model.placement()
                        .affinity(model.identity().labels().poolerSelector(role))
                        .orElse(null))
                .withContainers(container(model, inputs, role))
                .withVolumes(volumes(model, role))
                .build();
    }

    private static Container container(PoolerModel model, PoolerInputs inputs, MemberRole role) {
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(model.image())
                .withImagePullPolicy("IfNotPresent")
                .addNewPort()
                .withContainerPort(ServicePorts.POSTGRES)
                .withProtocol("TCP")
                .endPort()
                .withEnv(PoolerEnvironment.render(model, inputs, role))
                .withResources(model.resources().requirements())
                .withVolumeMounts(mounts(model, role))
                .withNewReadinessProbe()
                .withNewTcpSocket()
                .withNewPort(ServicePorts.POSTGRES)
                .endTcpSocket()
                .endReadinessProbe()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .endSecurityContext()
                .build();
    }

    private static List<Volume> volumes(PoolerModel model, MemberRole role) {
        var volumes = new ArrayList<Volume>();
        var users = model.identity().names().poolerUserList(role);
        volumes.add(new VolumeBuilder()
                .withName(users)
                .withNewSecret()
                .withSecretName(users)
                .endSecret()
                .build());
        PgBouncerConfiguration.of(model).map(PgBouncerConfiguration::volume).ifPresent(volumes::add);
        model.tls().map(TlsFiles::volumes).ifPresent(volumes::addAll);
        return volumes;
    }

    private static List<VolumeMount> mounts(PoolerModel model, MemberRole role) {
        var mounts = new ArrayList<VolumeMount>();
        mounts.add(new VolumeMountBuilder()
                .withName(model.identity().names().poolerUserList(role))
                .withMountPath(USER_LIST_PATH)
                .withSubPath(UserList.KEY)
                .withReadOnly(true)
                .build());
        PgBouncerConfiguration.of(model).map(PgBouncerConfiguration::mounts).ifPresent(mounts::addAll);
        model.tls().map(TlsFiles::mounts).ifPresent(mounts::addAll);
        return mounts;
    }
}
