package dev.patronioperator.api;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;

/** {@code spec.connectionPooler}: PgBouncer in front of the cluster. Absent values come from the operator configuration. */
@ManifestPart
// spotless:off
public record ConnectionPoolerSpec(
        @Min(1)
        @JsonPropertyDescription("Pooler Pods per role. The operator's default (2) when absent.")
        Integer numberOfInstances,

        @JsonPropertyDescription("Schema of the credentials lookup function in every database. Default pooler.")
        String schema,

        @JsonPropertyDescription("Role the pooler logs in with. Default pooler.")
        String user,

        @JsonPropertyDescription("When a server connection is given back: session or transaction. Default "
                + "transaction.")
        String mode,

        @JsonPropertyDescription("Image of the pooler. The operator's connection_pooler_image when absent.")
        String dockerImage,

        @JsonPropertyDescription("Connections to the database that all pooler Pods of a role may hold together. "
                + "Default 60.")
        Integer maxDBConnections,

        @JsonPropertyDescription("Requests and limits of a pooler container. The operator's defaults when absent.")
        ResourcesSpec resources,

        @JsonPropertyDescription("Keys of pgbouncer.ini and their values, as text: {server_idle_timeout: \"60\"}. Those "
                + "that are about logins, addresses and files are the operator's; the page on pooling lists them.")
        Map<String, String> parameters) {}
// spotless:on
