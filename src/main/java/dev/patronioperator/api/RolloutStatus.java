package dev.patronioperator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * How far a rolling update or a rolling restart has come. Everything but its beginning follows from the Pods themselves, so that another
 * operator goes on where this one has stopped. Times are RFC 3339 in UTC.
 */
@ManifestPart
// spotless:off
public record RolloutStatus(
        @JsonPropertyDescription("RenewingReplicas, SwitchingOver, RenewingPrimary, RestartingPostgreSQL, or Halted: "
                + "something keeps an instance from coming up, and no other one is touched before it does.")
        String phase,

        @JsonPropertyDescription("How many are done, such as: 2 of 3 Pods renewed.")
        String progress,

        @JsonPropertyDescription("Name of the Pod that is next, or being worked on.")
        String instance,

        @JsonPropertyDescription("Time at which it began.")
        String startedAt,

        @JsonPropertyDescription("Revision of the StatefulSet the Pods are moved to; absent while it is not known, and "
                + "for restarts of PostgreSQL.")
        String targetRevision) {}
// spotless:on
