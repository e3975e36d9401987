package dev.patronioperator.settings.parameters;

import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.ParameterGroup;

import static dev.patronioperator.settings.Effect.OPERATOR;
import static dev.patronioperator.settings.codec.Codecs.integer;

/** Parameters of the group {@code logging_rest_api}. */
public final class RestApiParameters {
    private static final ParameterGroup GROUP = ParameterGroup.named("logging_rest_api", "REST API");

    public static final Parameter<Integer> API_PORT = GROUP.define(
                    "api_port", integer(1, 65535), "Port of the REST API.", OPERATOR)
            .noEffect("the operator's own API is the Kubernetes API: status, events and metrics")
            .unsetWhenEmpty()
            .byDefault(8080);

    public static final Parameter<Integer> RING_LOG_LINES = GROUP.define(
                    "ring_log_lines", integer(0), "Log lines kept for each cluster.", OPERATOR)
            .noEffect("logs are read where the container writes them")
            .unsetWhenEmpty()
            .byDefault(100);

    public static final Parameter<Integer> CLUSTER_HISTORY_ENTRIES = GROUP.define(
                    "cluster_history_entries", integer(0), "Changes of the manifest kept for each cluster.", OPERATOR)
            .noEffect("what happened to a cluster is in its events")
            .unsetWhenEmpty()
            .byDefault(1000);

    private RestApiParameters() {}

    public static ParameterGroup group() {
        return GROUP;
    }
}
