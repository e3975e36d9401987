package dev.patronioperator.cluster.validate;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import dev.patronioperator.api.AdditionalVolume;
import dev.patronioperator.kubernetes.naming.Names;
import dev.patronioperator.manifest.SecretMount;
import dev.patronioperator.manifest.TlsFiles;
import dev.patronioperator.settings.parameters.GeneralParameters;
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
        var names = problems.unique("the name").taken(Names.DATA_VOLUME, "the data volume");
        var paths = problems.unique("the mount path").taken("/home/postgres/pgdata", "the data volume");
        reserve(subject, names, paths);
        var volumes = Absent.asEmpty(subject.spec().additionalVolumes());
        for (int i = 0; i < volumes.size(); i++) {
            var volume = volumes.get(i);
            var field = "spec.additionalVolumes[" + i + "]";
            if (problems.present(field + ".name", volume.name(), "the name of the volume")) {
                problems.dnsLabel(field + ".name", volume.name());
                names.add(field + ".name", volume.name());
            }
            if (mountPath(field + ".mountPath", volume.mountPath(), problems)) {
                var path = withoutSlash(volume.mountPath());
                if (isLeftOutWhenTaken(volume)) {
                    paths.taken(path, field);
                } else {
                    paths.add(field + ".mountPath", path);
                }
            }
            SubPaths.check(field + ".subPath", volume.subPath(), problems);
            source(field + ".volumeSource", volume, problems);
        }
    }

    /** Volumes the operator adds itself, each only where it does. */
    private static void reserve(Subject subject, Problems.Unique names, Problems.Unique paths) {
        var spec = subject.spec();
        if (Optional.ofNullable(spec.enableShmVolume()).orElse(subject.setting(GeneralParameters.ENABLE_SHM_VOLUME))) {
            names.taken("dshm", "the shared memory volume");
            paths.taken("/dev/shm", "the shared memory volume");
        }
        if (subject.setting(KubernetesParameters.SHARE_PGSOCKET_WITH_SIDECARS)) {
            names.taken("postgresql-run", "the socket volume");
            paths.taken("/var/run/postgresql", "the socket volume");
        }
        SecretMount.of(subject.settings()).ifPresent(secret -> {
            names.taken(secret.secret(), "the volume of additional_secret_mount");
            paths.taken(withoutSlash(secret.path()), "the volume of additional_secret_mount");
        });
        TlsFiles.of(spec.tls()).ifPresent(tls -> tls.mounts().forEach(mount -> {
            names.taken(mount.getName(), "the volume of spec.tls");
            paths.taken(mount.getMountPath(), "the volume of spec.tls");
        }));
    }

    private static boolean mountPath(String field, String path, Problems problems) {
        boolean present = problems.present(field, path, "where the volume is mounted");
        if (present && path.contains(":")) {
            problems.refuse(field, path, "must not have a colon");
        }
        return present;
    }

    /** The Zalando operator takes a manifest with such a volume and leaves the mount out if the path is taken; so do we. */
    private static boolean isLeftOutWhenTaken(AdditionalVolume volume) {
        return Absent.asEmpty(volume.targetContainers()).isEmpty();
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
