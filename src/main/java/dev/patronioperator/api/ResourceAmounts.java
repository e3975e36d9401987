package dev.patronioperator.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Amounts of what a container asks for. An absent amount, or {@code "0"}, stands for the operator's default. */
@ManifestPart
// spotless:off
public record ResourceAmounts(
        @Pattern(Formats.CPU)
        @JsonPropertyDescription("CPU cores: 500m is half a core. The operator's default when absent or 0.")
        String cpu,

        @Pattern(Formats.MEMORY) @Size(max = 32)
        @ValidationRule(value = Rules.QUANTITY, message = Rules.QUANTITY_MESSAGE)
        @JsonPropertyDescription("Memory in bytes, usually with a suffix such as Mi or Gi. The operator's default "
                + "when absent or 0.")
        String memory,

        @JsonProperty("hugepages-2Mi") @Pattern(Formats.MEMORY)
        @JsonPropertyDescription("Bytes of memory in huge pages of 2 MiB. Request and limit have to be equal.")
        String hugePages2Mi,

        @JsonProperty("hugepages-1Gi") @Pattern(Formats.MEMORY)
        @JsonPropertyDescription("Bytes of memory in huge pages of 1 GiB. Request and limit have to be equal.")
        String hugePages1Gi) {}
// spotless:on
