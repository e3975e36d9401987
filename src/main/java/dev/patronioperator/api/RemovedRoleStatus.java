package dev.patronioperator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** A role that nothing asks for any more. */
@ManifestPart
// spotless:off
public record RemovedRoleStatus(
        @Required
        @JsonPropertyDescription("Name of the role.")
        String role,

        @Required
        @JsonPropertyDescription("Why the operator made it or took it over: manifest, team, infrastructure, "
                + "prepared_database, pooler or stream.")
        String origin) {}
// spotless:on
