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
 * What a server's certificate is checked against, as its pod has it: a manifest may ask for something else, that the pod is still to be
 * made with.
 *
 * <p>To PostgreSQL the authority is that of its clients. Mostly it is the server's as well; where it is not, the server is known by its
 * certificate itself, which is in a Secret too.
 *
 * @param secret that it is mounted from
 * @param key in the Secret
 */
public record ServerAuthority(String secret, String key) {

    private static final String CONTAINER = "postgres";
    private static final String AUTHORITY = "SSL_CA_FILE";
    private static final String CERTIFICATE = "SSL_CERTIFICATE_FILE";

    /**
     * As PEM; empty where the pod has none from a Secret.
     *
     * @param reader for Secrets of others
     */
    public static Known<Optional<String>> of(Pod pod, ObjectReader reader) {
        return mounted(pod, AUTHORITY)
                .map(authority -> authority
                        .read(pod.getMetadata().getNamespace(), reader)
                        .map(pem -> Optional.of(pem + certificate(pod, reader))))
                .orElseGet(() -> Known.of(Optional.empty()));
    }

    private static String certificate(Pod pod, ObjectReader reader) {
        return mounted(pod, CERTIFICATE)
                .map(certificate -> certificate
                        .read(pod.getMetadata().getNamespace(), reader)
                        .map(pem -> "\n" + pem)
                        .orIfUnknown(""))
                .orElse("");
    }

    private Known<String> read(String namespace, ObjectReader reader) {
        return reader.get(Secret.class, namespace, secret)
                .flatMap(found -> found.flatMap(there -> SecretText.of(there, key))
                        .map(Known::of)
                        .orElseGet(() -> Known.unknown(
                                "there is no key " + key + " of Secret " + secret + " to verify it with")));
    }

    private static Optional<ServerAuthority> mounted(Pod pod, String variable) {
        return Stream.ofNullable(pod.getSpec())
                .flatMap(spec -> spec.getContainers().stream()
                        .filter(container -> CONTAINER.equals(container.getName()))
                        .flatMap(container -> mounted(spec, container, variable)))
                .findFirst();
    }

    private static Stream<ServerAuthority> mounted(PodSpec spec, Container container, String name) {
        return container.getEnv().stream()
                .filter(variable -> name.equals(variable.getName()))
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
