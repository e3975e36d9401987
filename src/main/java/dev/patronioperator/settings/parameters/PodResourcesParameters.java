package dev.patronioperator.settings.parameters;

import java.util.Optional;

import io.fabric8.kubernetes.api.model.Quantity;

import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.ParameterGroup;

import static dev.patronioperator.settings.Effect.CRON_JOB;
import static dev.patronioperator.settings.Effect.ROLLING_UPDATE;
import static dev.patronioperator.settings.codec.Codecs.CPU;
import static dev.patronioperator.settings.codec.Codecs.MEMORY;

/** Parameters of the group {@code postgres_pod_resources}. */
public final class PodResourcesParameters {
    private static final ParameterGroup GROUP =
            ParameterGroup.named("postgres_pod_resources", "Resources of database pods");

    public static final Parameter<Optional<Quantity>> DEFAULT_CPU_REQUEST = GROUP.define(
                    "default_cpu_request",
                    CPU,
                    "CPU request of database, sidecar and backup containers that name none.",
                    ROLLING_UPDATE,
                    CRON_JOB)
            .manifest("resources")
            .unset();

    public static final Parameter<Optional<Quantity>> DEFAULT_MEMORY_REQUEST = GROUP.define(
                    "default_memory_request",
                    MEMORY,
                    "Memory request of database, sidecar and backup containers that name none.",
                    ROLLING_UPDATE,
                    CRON_JOB)
            .manifest("resources")
            .unset();

    public static final Parameter<Optional<Quantity>> DEFAULT_CPU_LIMIT = GROUP.define(
                    "default_cpu_limit",
                    CPU,
                    "CPU limit of database, sidecar and backup containers that name none.",
                    ROLLING_UPDATE,
                    CRON_JOB)
            .manifest("resources")
            .unset();

    public static final Parameter<Optional<Quantity>> DEFAULT_MEMORY_LIMIT = GROUP.define(
                    "default_memory_limit",
                    MEMORY,
                    "Memory limit of database, sidecar and backup containers that name none.",
                    ROLLING_UPDATE,
                    CRON_JOB)
            .manifest("resources")
            .unset();

    public static final Parameter<Optional<Quantity>> MIN_CPU_LIMIT = GROUP.define(
                    "min_cpu_limit",
                    CPU,
                    "Lowest CPU limit of the database container: a lower one is raised.",
                    ROLLING_UPDATE)
            .unset();

    public static final Parameter<Optional<Quantity>> MIN_MEMORY_LIMIT = GROUP.define(
                    "min_memory_limit",
                    MEMORY,
                    "Lowest memory limit of the database container: a lower one is raised.",
                    ROLLING_UPDATE)
            .unset();

    public static final Parameter<Optional<Quantity>> MAX_CPU_REQUEST = GROUP.define(
                    "max_cpu_request",
                    CPU,
                    "Highest CPU request of the database container: a higher one is lowered.",
                    ROLLING_UPDATE)
            .unset();

    public static final Parameter<Optional<Quantity>> MAX_MEMORY_REQUEST = GROUP.define(
                    "max_memory_request",
                    MEMORY,
                    "Highest memory request of the database container: a higher one is lowered.",
                    ROLLING_UPDATE)
            .unset();

    private PodResourcesParameters() {}

    public static ParameterGroup group() {
        return GROUP;
    }
}
