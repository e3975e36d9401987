package dev.patronioperator.api;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;

/** One of {@code spec.userOptions}: what a role has besides its flags. What is absent is left as somebody set it in the database. */
@ManifestPart
// spotless:off
public record UserOptions(
        @Min(0) @Max(Integer.MAX_VALUE)
        @JsonPropertyDescription("Connections the role may hold at a time; 0 lets nobody in. Superusers are not bound "
                + "by it. As set in the database when absent.")
        Integer connectionLimit,

        @Pattern(Formats.POINT_IN_TIME)
        @JsonPropertyDescription("When the role's password stops letting in, such as 2027-03-31T00:00:00Z "
                + "(VALID UNTIL). As set in the database when absent.")
        String validUntil,

        @JsonPropertyDescription("Parameters of PostgreSQL that the role's sessions begin with, as text: "
                + "{statement_timeout: 30s}.")
        Map<String, String> parameters) {}
// spotless:on
