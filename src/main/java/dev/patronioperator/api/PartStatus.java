package dev.patronioperator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A part of a cluster that a controller of its own looks after; it says how it is with a condition. */
@ManifestPart
// spotless:off
public record PartStatus(
        @JsonPropertyDescription("What the part's last plan was made from besides the manifest.")
        PlannedWith plannedWith) {}
// spotless:on
