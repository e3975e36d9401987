package dev.patronioperator.cluster.observe;

import java.util.Optional;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.VolumeMount;

import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.manifest.SecretText;
import dev.patronioperator.plan.Known;

/**
 * The authority of a server's certificate, as its pod has it: a manifest may ask for another one, that the pod is still to be made with.
 *
 * @param secret that it is mounted from
 * @param key in the Secret
 */
public record ServerAuthority(String secret, String key) {

    private static final String CONTAINER = "postgres";
    private static final String FILE = "SSL_CA_FILE";

    /**
     * As PEM; empty where the pod has none from a Secret.
     *
     * @param reader for Secrets of others
     */
    public static Known<Optional<String>> of(Pod pod, ObjectReader reader) {
        return named(pod)
                .map(authority -> authority.read(pod.getMetadata().getNamespace(), reader))
                .orElseGet(() -> Known.of(Optional.empty()));
    }

    private Known<Optional<String>> read(String namespace, ObjectReader reader) {
        return reader.get(Secret.class, namespace, secret)
                .flatMap(found -> found.flatMap(there -> SecretText.of(there, key))
                        .map(pem -> Known.of(Optional.of(pem)))
                        .orElseGet(() -> Known.unknown(
                                "there is no key " + key + " of Secret " + secret + " to verify it with")));
    }

    private static Optional<ServerAuthority> named(Pod pod) {
        return Stream.ofNullable(pod.getSpec())
                .flatMap(spec -> spec.getContainers().stream()
                        .filter(container -> CONTAINER.equals(container.getName()))
                        .flatMap(container -> named(spec, container)))
                .findFirst();
    }

    private static Stream<ServerAuthority> named(PodSpec spec, Container container) {
        return container.getEnv().stream()
                .filter(variable -> FILE.equals(variable.getName()))
                .map(EnvVar::getValue)
                .flatMap(Stream::ofNullable)
                .flatMap(file -> container.getVolumeMounts().stream()
                        .filter(mount -> file.startsWith(folder(mount)))
                        .flatMap(mount -> secret(spec, mount)
                                .map(secret -> new ServerAuthority(
                                        secret, file.substring(folder(mount).length())))));
    }

    private static String folder(VolumeMount mount) {
        return mount.getMountPath().endsWith("/") ? mount.getMountPath() : mount.getMountPath() + "/";
    }

    private static Stream<String> secret(PodSpec spec, VolumeMount mount) {
        return spec.getVolumes().stream()
                .filter(volume -> volume.getName().equals(mount.getName()) && volume.getSecret() != null)
                .map(volume -> volume.getSecret().getSecretName());
    }
}
