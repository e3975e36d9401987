package dev.patronioperator.cluster.validate;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.patronioperator.api.AdditionalVolume;
import dev.patronioperator.cluster.model.DataVolume;
import dev.patronioperator.cluster.model.MountPaths;
import dev.patronioperator.cluster.model.MountTargets;
import dev.patronioperator.cluster.model.PodModel;
import dev.patronioperator.kubernetes.naming.Names;
import dev.patronioperator.manifest.SecretMount;
import dev.patronioperator.manifest.TlsFiles;
import dev.patronioperator.settings.parameters.KubernetesParameters;

/** Additional volumes: a source each, and names and mount paths that collide with nothing. */
final class AdditionalVolumesCheck implements SpecCheck {

    /** The sources that a Pod's volumes can have (core/v1 VolumeSource); the API server does not look into the field. */
    private static final Set<String> SOURCES = Set.of(
            "awsElasticBlockStore",
            "azureDisk",
            "azureFile",
            "cephfs",
            "cinder",
            "configMap",
            "csi",
            "downwardAPI",
            "emptyDir",
            "ephemeral",
            "fc",
            "flexVolume",
            "flocker",
            "gcePersistentDisk",
            "gitRepo",
            "glusterfs",
            "hostPath",
            "image",
            "iscsi",
            "nfs",
            "persistentVolumeClaim",
            "photonPersistentDisk",
            "portworxVolume",
            "projected",
            "quobyte",
            "rbd",
            "scaleIO",
            "secret",
            "storageos",
            "vsphereVolume");

    @Override
    public void check(Subject subject, Problems problems) {
        var volumes = Absent.asEmpty(subject.spec().additionalVolumes());
        var names = problems.unique("the name").taken(Names.DATA_VOLUME, "the data volume");
        var paths = new MountPaths();
        paths.own(DataVolume.MOUNT_PATH, MountTargets.EVERYWHERE, "the data volume");
        reserve(subject, names, paths);
        reserveCertificates(subject, volumes, names);
        for (int i = 0; i < volumes.size(); i++) {
            var volume = volumes.get(i);
            var field = "spec.additionalVolumes[" + i + "]";
            boolean leftOut = mountPath(field + ".mountPath", volume.mountPath(), problems)
                    && isLeftOut(field, volume, paths, problems);
            if (problems.present(field + ".name", volume.name(), "the name of the volume")) {
                problems.dnsLabel(field + ".name", volume.name());
                if (!leftOut) {
                    names.add(field + ".name", volume.name());
                }
            }
            SubPaths.check(field + ".subPath", volume.subPath(), problems);
            source(field + ".volumeSource", volume, problems);
        }
    }

    /** Volumes the operator adds itself, each only where it does. */
    private static void reserve(Subject subject, Problems.Unique names, MountPaths paths) {
        if (PodModel.sharedMemory(subject.spec(), subject.settings())) {
            names.taken("dshm", "the shared memory volume");
            paths.own("/dev/shm", MountTargets.POSTGRES, "the shared memory volume");
        }
        if (subject.setting(KubernetesParameters.SHARE_PGSOCKET_WITH_SIDECARS)) {
            names.taken("postgresql-run", "the socket volume");
            paths.own("/var/run/postgresql", MountTargets.EVERYWHERE, "the socket volume");
        }
        SecretMount.of(subject.settings()).ifPresent(secret -> {
            names.taken(secret.secret(), "the volume of additional_secret_mount");
            paths.own(withoutSlash(secret.path()), MountTargets.EVERYWHERE, "the volume of additional_secret_mount");
        });
    }

    /** Certificates come after the additional volumes: one whose path is taken by then is left out, and its name is free. */
    private static void reserveCertificates(Subject subject, List<AdditionalVolume> volumes, Problems.Unique names) {
        TlsFiles.of(subject.spec().tls()).map(TlsFiles::mounts).orElse(List.of()).stream()
                .filter(mount -> volumes.stream()
                        .noneMatch(volume -> mount.getMountPath().equals(volume.mountPath())))
                .forEach(mount -> names.taken(mount.getName(), "the volume of spec.tls"));
    }

    private static boolean mountPath(String field, String path, Problems problems) {
        boolean present = problems.present(field, path, "where the volume is mounted");
        if (present && path.contains(":")) {
            problems.refuse(field, path, "must not have a colon");
        }
        return present;
    }

    /**
     * The Zalando operator leaves a volume out whose path is taken; so do we. Where containers are named it mounts it nevertheless, and
     * no pod can be made: that is refused.
     */
    private static boolean isLeftOut(String field, AdditionalVolume volume, MountPaths paths, Problems problems) {
        var containers = Absent.asEmpty(volume.targetContainers());
        var path = withoutSlash(volume.mountPath());
        var other = paths.additional(path, MountTargets.of(containers), field);
        if (!containers.isEmpty()) {
            other.ifPresent(
                    by -> problems.refuse(field + ".mountPath", path, "is the mount path of " + by + " already"));
        }
        return other.isPresent() && containers.isEmpty();
    }

    private static String withoutSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static void source(String field, AdditionalVolume volume, Problems problems) {
        var source = volume.volumeSource();
        if (source == null) {
            problems.refuse(
                    field, "is missing: configMap, secret, emptyDir, persistentVolumeClaim, csi or another source");
        } else if (source.isEmpty()) {
            problems.refuse(
                    field, "names no source: configMap, secret, emptyDir, persistentVolumeClaim, csi or another");
        } else if (source.entrySet().stream()
                .anyMatch(e -> !SOURCES.contains(e.getKey()) || !(e.getValue() instanceof Map))) {
            problems.refuse(
                    field,
                    String.join(", ", new TreeSet<>(source.keySet())),
                    "is not readable as a source of a volume");
        } else if (source.size() > 1) {
            problems.refuse(
                    field,
                    String.join(", ", new TreeSet<>(source.keySet())),
                    "names more than one source; a volume has one");
        }
    }
}
