package dev.patronioperator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** A role whose password is changed regularly. */
@ManifestPart
// spotless:off
public record RotationStatus(
        @Required
        @JsonPropertyDescription("Name of the role.")
        String role,

        @Required
        @JsonPropertyDescription("Whom applications log in as: the role, or the login that took over from it.")
        String login,

        @Required
        @JsonPropertyDescription("When the password is changed next, as RFC 3339 has it.")
        String next) {}
// spotless:on
