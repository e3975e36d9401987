package dev.patronioperator.api;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** One of {@code spec.streams}: tables of a database whose changes are published as events by a FabricEventStream. */
@ManifestPart
// spotless:off
public record StreamSpec(
        @Required
        @JsonPropertyDescription("Application that owns the stream; all entries of one application share an event "
                + "stream.")
        String applicationId,

        @Required
        @JsonPropertyDescription("Database that holds the tables.")
        String database,

        @Required
        @JsonPropertyDescription("Outbox tables by name, with schema unless it is public.")
        Map<String, StreamTable> tables,

        @JsonPropertyDescription("Filters by table: a JSONPath expression on the payload; rows it does not match "
                + "are not published.")
        Map<String, String> filter,

        @JsonPropertyDescription("Events read from a table at a time.")
        Integer batchSize,

        @Pattern(Formats.CPU)
        @JsonPropertyDescription("CPU cores of the streaming application.")
        String cpu,

        @Pattern(Formats.MEMORY) @Size(max = 32)
        @ValidationRule(value = Rules.QUANTITY, message = Rules.QUANTITY_MESSAGE)
        @JsonPropertyDescription("Memory of the streaming application in bytes.")
        String memory,

        @JsonPropertyDescription("True: events that cannot be delivered go to a recovery event type named after "
                + "the table's own, unless the table names one. Default false.")
        Boolean enableRecovery) {}
// spotless:on
