package dev.patronioperator.cluster.desired;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.DataVolume;
import dev.patronioperator.cluster.model.ExtraVolume;
import dev.patronioperator.kubernetes.naming.Names;
import dev.patronioperator.manifest.SecretMount;
import dev.patronioperator.manifest.TlsFiles;
import dev.patronioperator.settings.parameters.KubernetesParameters;

/** The volumes of a member's pod and who mounts them where. The order is part of the template. */
final class PodVolumes {

    /** A mount, and the containers that get it. */
    private record Placed(VolumeMount mount, Predicate<String> container) {}

    private static final Predicate<String> POSTGRES = PostgresContainer.NAME::equals;
    private static final Predicate<String> EVERYWHERE = name -> true;

    private final List<Volume> volumes = new ArrayList<>();
    private final List<Placed> mounts = new ArrayList<>();
    private final Set<String> takenPaths = new HashSet<>(Set.of(DataVolume.MOUNT_PATH));

    private PodVolumes() {}

    static PodVolumes of(ClusterModel model) {
        var volumes = new PodVolumes();
        volumes.mounts.add(
                new Placed(model.volume().subPath().mount(Names.DATA_VOLUME, DataVolume.MOUNT_PATH), EVERYWHERE));
        if (model.pod().sharedMemory()) {
            volumes.addMemory("dshm", "/dev/shm", POSTGRES);
        }
        if (model.settings().get(KubernetesParameters.SHARE_PGSOCKET_WITH_SIDECARS)) {
            volumes.addMemory("postgresql-run", "/var/run/postgresql", EVERYWHERE);
        }
        SecretMount.of(model.settings()).ifPresent(secret -> volumes.add(secret.volume(), secret.mount(), EVERYWHERE));
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
                        .filter(placed -> placed.container().test(container.getName()))
                        .map(Placed::mount)
                        .toList())
                .build();
    }

    private void addMemory(String name, String path, Predicate<String> containers) {
        add(
                new VolumeBuilder()
                        .withName(name)
                        .withNewEmptyDir()
                        .withMedium("Memory")
                        .endEmptyDir()
                        .build(),
                new VolumeMountBuilder().withName(name).withMountPath(path).build(),
                containers);
    }

    private void addTls(TlsFiles tls) {
        for (var i = 0; i < tls.volumes().size(); i++) {
            addUnlessTaken(tls.volumes().get(i), tls.mounts().get(i), POSTGRES);
        }
    }

    private void addExtra(ExtraVolume extra) {
        Predicate<String> containers = extra.everywhere()
                ? EVERYWHERE
                : extra.containers().isEmpty() ? POSTGRES : extra.containers()::contains;
        addUnlessTaken(extra.volume(), extra.subPath().mount(extra.volume().getName(), extra.mountPath()), containers);
    }

    /** The first volume at a path wins; a pod with two would be refused. */
    private void addUnlessTaken(Volume volume, VolumeMount mount, Predicate<String> containers) {
        if (takenPaths.add(mount.getMountPath())) {
            add(volume, mount, containers);
        }
    }

    private void add(Volume volume, VolumeMount mount, Predicate<String> containers) {
        volumes.add(volume);
        mounts.add(new Placed(mount, containers));
    }
}
