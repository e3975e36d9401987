package dev.patronioperator.cluster.desired;

import java.util.ArrayList;
import java.util.List;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.DataVolume;
import dev.patronioperator.cluster.model.ExtraVolume;
import dev.patronioperator.cluster.model.MountPaths;
import dev.patronioperator.cluster.model.MountTargets;
import dev.patronioperator.kubernetes.naming.Names;
import dev.patronioperator.manifest.SecretMount;
import dev.patronioperator.manifest.TlsFiles;
import dev.patronioperator.settings.parameters.KubernetesParameters;

/** The volumes of a member's pod and who mounts them where. The order is part of the template. */
final class PodVolumes {

    /** A mount, and the containers that get it. */
    private record Placed(VolumeMount mount, MountTargets targets) {}

    private final List<Volume> volumes = new ArrayList<>();
    private final List<Placed> mounts = new ArrayList<>();
    private final MountPaths paths = new MountPaths();

    private PodVolumes() {}

    static PodVolumes of(ClusterModel model) {
        var volumes = new PodVolumes();
        volumes.mount(
                model.volume().subPath().mount(Names.DATA_VOLUME, DataVolume.MOUNT_PATH), MountTargets.EVERYWHERE);
        if (model.pod().sharedMemory()) {
            volumes.addMemory("dshm", "/dev/shm", MountTargets.POSTGRES);
        }
        if (model.settings().get(KubernetesParameters.SHARE_PGSOCKET_WITH_SIDECARS)) {
            volumes.addMemory("postgresql-run", "/var/run/postgresql", MountTargets.EVERYWHERE);
        }
        SecretMount.of(model.settings())
                .ifPresent(secret -> volumes.add(secret.volume(), secret.mount(), MountTargets.EVERYWHERE));
        model.pod().volumes().forEach(volumes::addExtra);
        model.pod().tls().ifPresent(volumes::addTls);
        return volumes;
    }

    List<Volume> all() {
        return List.copyOf(volumes);
    }

    /** The containers with their mounts: their own first, then the data, then the rest. */
    List<Container> mountInto(Container postgres, List<Container> sidecars) {
        var containers = new ArrayList<Container>();
        containers.add(mountInto(postgres));
        sidecars.forEach(sidecar -> containers.add(mountInto(sidecar)));
        return containers;
    }

    private Container mountInto(Container container) {
        return container
                .edit()
                .addAllToVolumeMounts(mounts.stream()
                        .filter(placed -> placed.targets().include(container.getName()))
                        .map(Placed::mount)
                        .toList())
                .build();
    }

    private void addMemory(String name, String path, MountTargets targets) {
        add(
                new VolumeBuilder()
                        .withName(name)
                        .withNewEmptyDir()
                        .withMedium("Memory")
                        .endEmptyDir()
                        .build(),
                new VolumeMountBuilder().withName(name).withMountPath(path).build(),
                targets);
    }

    private void addTls(TlsFiles tls) {
        for (var i = 0; i < tls.volumes().size(); i++) {
            addUnlessTaken(tls.volumes().get(i), tls.mounts().get(i), MountTargets.POSTGRES);
        }
    }

    private void addExtra(ExtraVolume extra) {
        addUnlessTaken(
                extra.volume(), extra.subPath().mount(extra.volume().getName(), extra.mountPath()), extra.targets());
    }

    private void addUnlessTaken(Volume volume, VolumeMount mount, MountTargets targets) {
        if (paths.additional(mount.getMountPath(), targets, volume.getName()).isEmpty()) {
            volumes.add(volume);
            mounts.add(new Placed(mount, targets));
        }
    }

    private void add(Volume volume, VolumeMount mount, MountTargets targets) {
        volumes.add(volume);
        mount(mount, targets);
    }

    private void mount(VolumeMount mount, MountTargets targets) {
        paths.own(mount.getMountPath(), targets, mount.getName());
        mounts.add(new Placed(mount, targets));
    }
}
