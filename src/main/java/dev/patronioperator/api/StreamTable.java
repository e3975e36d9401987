package dev.patronioperator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** One outbox table of a {@link StreamSpec}. */
@ManifestPart
// spotless:off
public record StreamTable(
        @Required
        @JsonPropertyDescription("Event type its rows are published as.")
        String eventType,

        @JsonPropertyDescription("Event type for events that cannot be delivered.")
        String recoveryEventType,

        @JsonPropertyDescription("True: no recovery for this table although the stream has it. Default false.")
        Boolean ignoreRecovery,

        @JsonPropertyDescription("Column with the event's id. Default id.")
        String idColumn,

        @JsonPropertyDescription("Column with the event's payload. Default payload.")
        String payloadColumn) {}
// spotless:on
