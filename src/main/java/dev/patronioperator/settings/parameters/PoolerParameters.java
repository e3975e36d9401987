package dev.patronioperator.settings.parameters;

import java.util.Optional;

import io.fabric8.kubernetes.api.model.Quantity;

import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.ParameterGroup;
import dev.patronioperator.settings.value.PoolMode;

import static dev.patronioperator.settings.Effect.DATABASE;
import static dev.patronioperator.settings.Effect.POOLER;
import static dev.patronioperator.settings.Effect.SECRETS;
import static dev.patronioperator.settings.codec.Codecs.CPU;
import static dev.patronioperator.settings.codec.Codecs.MEMORY;
import static dev.patronioperator.settings.codec.Codecs.NAME;
import static dev.patronioperator.settings.codec.Codecs.integer;
import static dev.patronioperator.settings.codec.Codecs.oneOf;

/** Parameters of the group {@code connection_pooler}. */
public final class PoolerParameters {
    private static final ParameterGroup GROUP = ParameterGroup.named("connection_pooler", "Connection pooler");

    public static final Parameter<Integer> CONNECTION_POOLER_NUMBER_OF_INSTANCES = GROUP.define(
                    "connection_pooler_number_of_instances",
                    integer(1),
                    "Pods of a pooler; at least 2 in a resource.",
                    POOLER)
            .manifest("connectionPooler.numberOfInstances")
            .unsetWhenEmpty()
            .byDefault(2);

    public static final Parameter<String> CONNECTION_POOLER_SCHEMA = GROUP.define(
                    "connection_pooler_schema",
                    NAME,
                    "Schema of the function that the pooler looks passwords up with.",
                    POOLER,
                    DATABASE)
            .manifest("connectionPooler.schema")
            .byDefault("pooler");

    public static final Parameter<String> CONNECTION_POOLER_USER = GROUP.define(
                    "connection_pooler_user", NAME, "Role of the pooler; not the superuser.", POOLER, SECRETS, DATABASE)
            .manifest("connectionPooler.user")
            .byDefault("pooler");

    public static final Parameter<String> CONNECTION_POOLER_IMAGE = GROUP.define(
                    "connection_pooler_image", NAME, "Image of the pooler.", POOLER)
            .manifest("connectionPooler.dockerImage")
            .byDefault("ghcr.io/zalando/postgres-operator/pgbouncer:v2.0.1");

    public static final Parameter<PoolMode> CONNECTION_POOLER_MODE = GROUP.define(
                    "connection_pooler_mode",
                    oneOf(PoolMode.values()),
                    "When a server connection goes back to the pool.",
                    POOLER)
            .manifest("connectionPooler.mode")
            .byDefault(PoolMode.TRANSACTION);

    public static final Parameter<Integer> CONNECTION_POOLER_MAX_DB_CONNECTIONS = GROUP.define(
                    "connection_pooler_max_db_connections",
                    integer(0),
                    "Server connections of all pods of a pooler together.",
                    POOLER)
            .manifest("connectionPooler.maxDBConnections")
            .byDefault(60);

    public static final Parameter<Optional<Quantity>> CONNECTION_POOLER_DEFAULT_CPU_REQUEST = GROUP.define(
                    "connection_pooler_default_cpu_request", CPU, "CPU request of a pooler pod.", POOLER)
            .manifest("connectionPooler.resources")
            .unset();

    public static final Parameter<Optional<Quantity>> CONNECTION_POOLER_DEFAULT_MEMORY_REQUEST = GROUP.define(
                    "connection_pooler_default_memory_request", MEMORY, "Memory request of a pooler pod.", POOLER)
            .manifest("connectionPooler.resources")
            .unset();

    public static final Parameter<Optional<Quantity>> CONNECTION_POOLER_DEFAULT_CPU_LIMIT = GROUP.define(
                    "connection_pooler_default_cpu_limit", CPU, "CPU limit of a pooler pod.", POOLER)
            .manifest("connectionPooler.resources")
            .unset();

    public static final Parameter<Optional<Quantity>> CONNECTION_POOLER_DEFAULT_MEMORY_LIMIT = GROUP.define(
                    "connection_pooler_default_memory_limit", MEMORY, "Memory limit of a pooler pod.", POOLER)
            .manifest("connectionPooler.resources")
            .unset();

    private PoolerParameters() {}

    public static ParameterGroup group() {
        return GROUP;
    }
}
