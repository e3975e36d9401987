package dev.patronioperator.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A Pod template that somebody else has changed, and that was put back; putting it back again and again would replace Pods for ever. */
@ManifestPart
// spotless:off
public record PutBack(
        @JsonPropertyDescription("Fingerprint of the template that is wanted.")
        String template,

        @JsonPropertyDescription("How often in a row it was put back.")
        Integer times,

        @JsonPropertyDescription("When it was last put back (RFC 3339, UTC).")
        String at,

        @JsonPropertyDescription("The field managers that last changed it behind the operator's back.")
        List<String> writers) {}
// spotless:on
