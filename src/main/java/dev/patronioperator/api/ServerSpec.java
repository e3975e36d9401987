package dev.patronioperator.api;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** {@code spec.postgresql}: the major version and the server's parameters. */
@ManifestPart
// spotless:off
public record ServerSpec(
        @Required
        @JsonPropertyDescription("Major version of PostgreSQL. Raising it starts a major upgrade in the next "
                + "maintenance window if the operator's major_version_upgrade_mode allows it; lowering it is "
                + "refused.")
        String version,

        @JsonPropertyDescription("PostgreSQL parameters by name; every value is text, so numbers are quoted. Given "
                + "to Patroni, which reloads, or restarts instances only for parameters that need it.")
        Map<String, String> parameters) {}
// spotless:on
