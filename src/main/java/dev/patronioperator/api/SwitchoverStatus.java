package dev.patronioperator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A switchover that was asked for, written down before asking so that a successor does not ask twice. */
@ManifestPart
// spotless:off
public record SwitchoverStatus(
        @JsonPropertyDescription("Name of the Pod that led.")
        String from,

        @JsonPropertyDescription("Name of the Pod that was asked to take over.")
        String to,

        @JsonPropertyDescription("Time of the request (RFC 3339, UTC).")
        String requestedAt) {}
// spotless:on
