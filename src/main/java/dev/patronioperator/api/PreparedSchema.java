package dev.patronioperator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** One schema of a {@link PreparedDatabase}. */
@ManifestPart
// spotless:off
public record PreparedSchema(
        @JsonPropertyDescription("True: owner, writer and reader roles for this schema. Default true.")
        Boolean defaultRoles,

        @JsonPropertyDescription("True: login roles for them, with a Secret each. Default false.")
        Boolean defaultUsers) {}
// spotless:on
