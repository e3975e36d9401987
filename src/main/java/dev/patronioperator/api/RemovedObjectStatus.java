package dev.patronioperator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** A database, schema or extension that nothing asks for any more. */
@ManifestPart
// spotless:off
public record RemovedObjectStatus(
        @Required
        @JsonPropertyDescription("Database, Schema or Extension.")
        String kind,

        @Required
        @JsonPropertyDescription("The database, or the one that it is in.")
        String database,

        @Required
        @JsonPropertyDescription("Its name.")
        String name) {}
// spotless:on
