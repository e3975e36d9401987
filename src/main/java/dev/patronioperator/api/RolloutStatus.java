package dev.patronioperator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * What a successor must know of a rolling update and cannot observe: since when it runs, how often an instance was tried, and a switchover
 * that was asked for. Times are RFC 3339 in UTC.
 */
@ManifestPart
// spotless:off
public record RolloutStatus(
        @JsonPropertyDescription("Revision of the StatefulSet the Pods are moved to.")
        String targetRevision,

        @JsonPropertyDescription("Time at which the first Pod was found outdated (RFC 3339, UTC).")
        String startedAt,

        @JsonPropertyDescription("RollingReplicas, SwitchingOver, Progressing, Blocked, Stalled or Unknown.")
        String phase,

        @JsonPropertyDescription("Name of the Pod that is being replaced.")
        String instance,

        @JsonPropertyDescription("How often this Pod was tried.")
        Integer attempts,

        @JsonPropertyDescription("The switchover that was last asked for in this rollout.")
        SwitchoverStatus lastSwitchover) {}
// spotless:on
