package dev.patronioperator.cluster.desired;

import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import org.junit.jupiter.api.Test;

import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.cluster.desired.ExternalInputs.PodEnvironment;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.CloudParameters;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.parameters.PodResourcesParameters;
import dev.patronioperator.settings.parameters.ScalyrParameters;

import static org.assertj.core.api.Assertions.assertThat;

/** What no recorded case shows. */
class PodTemplateTest {

    private static final Settings SETTINGS = Settings.defaults();
    private static final String SIDECAR = "sidecars: [{name: side, image: s:1}]\n";

    @Test
    void socketAndConfiguredSecretAreSeenByAllContainersInThatOrder() {
        var settings = SETTINGS.with(KubernetesParameters.SHARE_PGSOCKET_WITH_SIDECARS, true)
                .with(CloudParameters.ADDITIONAL_SECRET_MOUNT, Optional.of("creds"))
                .with(CloudParameters.ADDITIONAL_SECRET_MOUNT_PATH, Optional.of("/creds"));

        var pod = render(SIDECAR + "tls: {secretName: cert}\n", settings);

        assertThat(pod.getVolumes())
                .extracting(Volume::getName)
                .containsExactly("dshm", "postgresql-run", "creds", "cert");
        assertThat(paths(pod.getContainers().get(0)))
                .containsExactly("/home/postgres/pgdata", "/dev/shm", "/var/run/postgresql", "/creds", "/tls");
        assertThat(paths(pod.getContainers().get(1)))
                .containsExactly("/home/postgres/pgdata", "/var/run/postgresql", "/creds");
    }

    @Test
    void aVolumeWhosePathIsTakenIsNeitherAddedNorMounted() {
        var volumes =
                """
                additionalVolumes:
                - {name: one, mountPath: /opt, volumeSource: {emptyDir: {}}}
                - {name: two, mountPath: /opt, targetContainers: [side], volumeSource: {emptyDir: {}}}
                - {name: data, mountPath: /home/postgres/pgdata, targetContainers: [all], volumeSource: {emptyDir: {}}}
                """;

        var pod = render(SIDECAR + volumes, SETTINGS);

        assertThat(pod.getVolumes()).extracting(Volume::getName).containsExactly("dshm", "one");
        assertThat(paths(pod.getContainers().get(1))).containsExactly("/home/postgres/pgdata");
    }

    @Test
    void aVolumeWhereTheOperatorHasOneOfItsOwnIsLeftOut() {
        var settings = SETTINGS.with(KubernetesParameters.SHARE_PGSOCKET_WITH_SIDECARS, true)
                .with(CloudParameters.ADDITIONAL_SECRET_MOUNT, Optional.of("creds"))
                .with(CloudParameters.ADDITIONAL_SECRET_MOUNT_PATH, Optional.of("/creds"));
        var volumes =
                """
                additionalVolumes:
                - {name: shm, mountPath: /dev/shm, volumeSource: {emptyDir: {medium: Memory, sizeLimit: 1Gi}}}
                - {name: socket, mountPath: /var/run/postgresql, volumeSource: {emptyDir: {}}}
                - {name: keys, mountPath: /creds, volumeSource: {emptyDir: {}}}
                """;

        var pod = render(SIDECAR + volumes, settings);

        assertThat(pod.getVolumes()).extracting(Volume::getName).containsExactly("dshm", "postgresql-run", "creds");
        assertThat(paths(pod.getContainers().get(0))).doesNotHaveDuplicates();
    }

    @Test
    void aPathIsTakenOnlyInTheContainersThatHaveAVolumeThere() {
        var pod = render(
                SIDECAR
                        + """
                additionalVolumes:
                - {name: shm, mountPath: /dev/shm, targetContainers: [side], volumeSource: {emptyDir: {}}}
                """,
                SETTINGS);

        assertThat(pod.getVolumes()).extracting(Volume::getName).containsExactly("dshm", "shm");
        assertThat(paths(pod.getContainers().get(0))).containsExactly("/home/postgres/pgdata", "/dev/shm");
        assertThat(pod.getContainers().get(1).getVolumeMounts())
                .extracting(VolumeMount::getName)
                .containsExactly("pgdata", "shm");
    }

    @Test
    void certificatesGiveWayToTheManifestsVolumeAtTheirPath() {
        var pod = render(
                """
                tls: {secretName: cert}
                additionalVolumes:
                - {name: cert, mountPath: /tls, targetContainers: [postgres], volumeSource: {secret: {secretName: cert}}}
                """,
                SETTINGS);

        assertThat(pod.getVolumes()).extracting(Volume::getName).containsExactly("dshm", "cert");
        assertThat(paths(pod.getContainers().get(0))).containsExactly("/home/postgres/pgdata", "/dev/shm", "/tls");
    }

    @Test
    void scalyrIsTheLastSidecarAndHasDefaultsOfItsOwnFirst() {
        var settings = SETTINGS.with(ScalyrParameters.SCALYR_API_KEY, Optional.of("key"))
                .with(ScalyrParameters.SCALYR_IMAGE, Optional.of("scalyr:1"))
                .with(PodResourcesParameters.DEFAULT_CPU_REQUEST, Optional.of(new Quantity("700m")));

        var scalyr = render(SIDECAR, settings).getContainers().getLast();

        assertThat(scalyr.getName()).isEqualTo("scalyr-sidecar");
        assertThat(scalyr.getEnv())
                .extracting(EnvVar::getName)
                .containsExactly(
                        "POD_NAME",
                        "POD_NAMESPACE",
                        "POSTGRES_USER",
                        "POSTGRES_PASSWORD",
                        "SCALYR_API_KEY",
                        "SCALYR_SERVER_HOST",
                        "SCALYR_SERVER_URL");
        assertThat(scalyr.getResources().getRequests()).containsEntry("cpu", new Quantity("100m"));
    }

    @Test
    void whatEverySidecarGetsCannotBeOverriddenInAnySpelling() {
        var env =
                """
                sidecars:
                - {name: side, image: s:1, env: [{name: pod_name, value: mine}, {name: LEVEL, value: info}, {name: level, value: debug}]}
                """;

        assertThat(render(env, SETTINGS).getContainers().getLast().getEnv())
                .extracting(EnvVar::getName)
                .containsExactly("POD_NAME", "POD_NAMESPACE", "POSTGRES_USER", "POSTGRES_PASSWORD", "LEVEL");
    }

    private static PodSpec render(String fields, Settings settings) {
        return PodTemplate.render(ClusterModel.accept(ClusterManifests.with(fields), settings), PodEnvironment.NONE)
                .getSpec();
    }

    private static List<String> paths(Container container) {
        return container.getVolumeMounts().stream()
                .map(VolumeMount::getMountPath)
                .toList();
    }
}
