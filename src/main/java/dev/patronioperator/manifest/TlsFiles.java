package dev.patronioperator.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

import dev.patronioperator.api.TlsSpec;

/**
 * The server certificate, as files of a container.
 *
 * @param secret the Secret with certificate and key
 * @param authoritySecret the Secret with the certificate authority, where that is another one
 * @param certificate absolute path
 * @param key absolute path
 * @param authority absolute path
 */
public record TlsFiles(
        String secret, Optional<String> authoritySecret, String certificate, String key, Optional<String> authority) {

    private static final String FOLDER = "/tls";
    private static final String AUTHORITY_FOLDER = "/tlsca";

    /** Readable by the group only: PostgreSQL refuses a key that others can read, and runs in the group that owns the volume. */
    private static final int MODE = 0640;

    /** The manifest's section; an empty Secret name means the image makes its own certificate. */
    public static Optional<TlsFiles> of(TlsSpec spec) {
        if (spec == null || Given.text(spec.secretName()).isEmpty()) {
            return Optional.empty();
        }
        var authorityFile = Given.text(spec.caFile());
        var authoritySecret = Given.text(spec.caSecretName()).filter(name -> authorityFile.isPresent());
        var authorityFolder = authoritySecret.isPresent() ? AUTHORITY_FOLDER : FOLDER;
        return Optional.of(new TlsFiles(
                spec.secretName(),
                authoritySecret,
                path(FOLDER, Given.text(spec.certificateFile()).orElse("tls.crt")),
                path(FOLDER, Given.text(spec.privateKeyFile()).orElse("tls.key")),
                authorityFile.map(file -> path(authorityFolder, file))));
    }

    /** Names of all Secrets that the files come from. */
    public List<String> secrets() {
        return Stream.concat(Stream.of(secret), authoritySecret.stream()).toList();
    }

    public List<Volume> volumes() {
        var volumes = new ArrayList<Volume>();
        volumes.add(volume(secret));
        authoritySecret.map(TlsFiles::volume).ifPresent(volumes::add);
        return volumes;
    }

    public List<VolumeMount> mounts() {
        var mounts = new ArrayList<VolumeMount>();
        mounts.add(mount(secret, FOLDER));
        authoritySecret.map(name -> mount(name, AUTHORITY_FOLDER)).ifPresent(mounts::add);
        return mounts;
    }

    private static String path(String folder, String file) {
        return file.startsWith("/") ? file : folder + "/" + file;
    }

    private static Volume volume(String secretName) {
        return new VolumeBuilder()
                .withName(secretName)
                .withNewSecret()
                .withSecretName(secretName)
                .withDefaultMode(MODE)
                .endSecret()
                .build();
    }

    private static VolumeMount mount(String volume, String path) {
        return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
    }
}
