package dev.patronioperator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Requests and limits of one container. A change replaces the Pods one by one. */
@ManifestPart
// spotless:off
public record ResourcesSpec(
        @JsonPropertyDescription("What is reserved for the container. A limit below it is raised to it.")
        ResourceAmounts requests,

        @JsonPropertyDescription("What the container may use at most.")
        ResourceAmounts limits) {}
// spotless:on
