package dev.patronioperator.api;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A part of a cluster that a controller of its own looks after; it says how it is with a condition. */
@ManifestPart
// spotless:off
public record PartStatus(
        @JsonPropertyDescription("What the part's last plan was made from besides the manifest.")
        PlannedWith plannedWith,

        @JsonPropertyDescription("Deployments that are left as another operator made them, with the fingerprint of the "
                + "Pod template that is wanted; absent when there are none.")
        Map<String, String> left,

        @JsonPropertyDescription("Deployments whose Pod template somebody else has changed and that were put back; "
                + "absent when there are none.")
        Map<String, PutBack> putBack) {

    public static PartStatus of(PlannedWith plannedWith, Map<String, String> left, Map<String, PutBack> putBack) {
        return new PartStatus(plannedWith, left.isEmpty() ? null : left, putBack.isEmpty() ? null : putBack);
    }
}
// spotless:on
