package dev.patronioperator.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;

/** What the operator makes of its configuration. The Zalando operator has this subresource and writes nothing into it. */
@ManifestPart
// spotless:off
public record OperatorConfigurationStatus(
        @JsonPropertyDescription("The metadata.generation that was last looked at.")
        Long observedGeneration,

        @JsonPropertyDescription("Accepted: whether this configuration is in force. If it is not, the message lists every "
                + "problem, and the last good configuration stays in force.")
        List<Condition> conditions) {
    // spotless:on
}
