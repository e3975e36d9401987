package dev.patronioperator.manifest;

import java.util.Optional;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.CloudParameters;

/** The configured Secret that members and backups see as files; keys of a cloud account, as a rule. */
public record SecretMount(String secret, String path) {

    /** There is one if the configuration names a Secret and where it goes. */
    public static Optional<SecretMount> of(Settings settings) {
        return settings.get(CloudParameters.ADDITIONAL_SECRET_MOUNT)
                .map(secret -> new SecretMount(
                        secret,
                        settings.get(CloudParameters.ADDITIONAL_SECRET_MOUNT_PATH)
                                .orElse("")));
    }

    public Volume volume() {
        return new VolumeBuilder()
                .withName(secret)
                .withNewSecret()
                .withSecretName(secret)
                .endSecret()
                .build();
    }

    public VolumeMount mount() {
        return new VolumeMountBuilder().withName(secret).withMountPath(path).build();
    }
}
