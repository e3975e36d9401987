package dev.patronioperator.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * The Pod template that all Pods were last made from. If the Pods differ again although the template that is wanted has not changed,
 * somebody else changed it; making the Pods anew could go on for ever.
 */
@ManifestPart
// spotless:off
public record RolledOut(
        @JsonPropertyDescription("Fingerprint of the template.")
        String template,

        @JsonPropertyDescription("When all Pods were found to be made from it (RFC 3339, UTC).")
        String since,

        @JsonPropertyDescription("The field managers that last changed it behind the operator's back.")
        List<String> writers,

        @JsonPropertyDescription("How often in a row it was put back.")
        Integer repairs,

        @JsonPropertyDescription("When it was last put back (RFC 3339, UTC).")
        String repairedAt) {}
// spotless:on
