package dev.patronioperator.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;

/** One of {@code spec.sidecars}: a container beside PostgreSQL that sees its data volume. A change replaces the Pods one by one. */
@ManifestPart
// spotless:off
public record SidecarSpec(
        @JsonPropertyDescription("Name of the container. sidecar-N by position when absent.")
        String name,

        @JsonPropertyDescription("Image of the container.")
        String image,

        @JsonPropertyDescription("Ports of the container.")
        List<ContainerPort> ports,

        @JsonPropertyDescription("Environment variables, in addition to POD_NAME, POD_NAMESPACE, POSTGRES_USER and "
                + "POSTGRES_PASSWORD.")
        List<EnvVar> env,

        @JsonPropertyDescription("Command instead of the image's entry point.")
        List<String> command,

        @JsonPropertyDescription("Requests and limits of the container. The operator's defaults when absent.")
        ResourcesSpec resources) {}
// spotless:on
