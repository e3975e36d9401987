package dev.patronioperator.settings.parameters;

import java.util.Optional;

import io.fabric8.kubernetes.api.model.Quantity;

import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.ParameterGroup;

import static dev.patronioperator.settings.Effect.ROLLING_UPDATE;
import static dev.patronioperator.settings.codec.Codecs.CPU;
import static dev.patronioperator.settings.codec.Codecs.MEMORY;
import static dev.patronioperator.settings.codec.Codecs.OPTIONAL_NAME;
import static dev.patronioperator.settings.codec.Codecs.TEXT;

/** Parameters of the group {@code scalyr}. */
public final class ScalyrParameters {
    private static final ParameterGroup GROUP = ParameterGroup.named("scalyr", "Scalyr sidecar");

    public static final Parameter<Optional<String>> SCALYR_API_KEY = GROUP.define(
                    "scalyr_api_key",
                    OPTIONAL_NAME,
                    "Key of the log service; the sidecar runs if key and image are given. The variable SCALYR_API_KEY wins.",
                    ROLLING_UPDATE)
            .secret()
            .deprecated("use sidecars")
            .unset();

    public static final Parameter<Optional<String>> SCALYR_IMAGE = GROUP.define(
                    "scalyr_image", OPTIONAL_NAME, "Image of the sidecar.", ROLLING_UPDATE)
            .deprecated("use sidecars")
            .unset();

    public static final Parameter<String> SCALYR_SERVER_URL = GROUP.define(
                    "scalyr_server_url", TEXT, "Address of the log service.", ROLLING_UPDATE)
            .deprecated("use sidecars")
            .byDefault("https://upload.eu.scalyr.com");

    public static final Parameter<Optional<Quantity>> SCALYR_CPU_REQUEST = GROUP.define(
                    "scalyr_cpu_request", CPU, "CPU request of the sidecar.", ROLLING_UPDATE)
            .deprecated("use sidecars")
            .byDefault(Optional.of(new Quantity("100m")));

    public static final Parameter<Optional<Quantity>> SCALYR_MEMORY_REQUEST = GROUP.define(
                    "scalyr_memory_request", MEMORY, "Memory request of the sidecar.", ROLLING_UPDATE)
            .deprecated("use sidecars")
            .byDefault(Optional.of(new Quantity("50Mi")));

    public static final Parameter<Optional<Quantity>> SCALYR_CPU_LIMIT = GROUP.define(
                    "scalyr_cpu_limit", CPU, "CPU limit of the sidecar.", ROLLING_UPDATE)
            .deprecated("use sidecars")
            .byDefault(Optional.of(new Quantity("1")));

    public static final Parameter<Optional<Quantity>> SCALYR_MEMORY_LIMIT = GROUP.define(
                    "scalyr_memory_limit", MEMORY, "Memory limit of the sidecar.", ROLLING_UPDATE)
            .deprecated("use sidecars")
            .byDefault(Optional.of(new Quantity("500Mi")));

    private ScalyrParameters() {}

    public static ParameterGroup group() {
        return GROUP;
    }
}
