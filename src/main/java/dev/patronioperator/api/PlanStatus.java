package dev.patronioperator.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The plan of the last reconcile in short. Holds no secret: changed values of credentials appear as hashes or not at all. */
@ManifestPart
// spotless:off
public record PlanStatus(
        @JsonPropertyDescription("The plan in one line, such as: generation 7, impact SWITCHOVER, 4 steps.")
        String summary,

        @JsonPropertyDescription("The strongest effect of a step: NONE, RELOAD, RESTART, RECREATE, SWITCHOVER, "
                + "OUTAGE or FORBIDDEN.")
        String impact,

        @JsonPropertyDescription("One line for each step in the order of execution: what, its impact, and why. At "
                + "most 20 lines.")
        List<String> steps,

        @JsonPropertyDescription("Differences that are left for later, one line each: what, until when, and why. At "
                + "most 20 lines; absent when there are none.")
        List<String> deferred,

        @JsonPropertyDescription("What the first unfinished step waits for; absent when nothing waits.")
        String waitingFor) {}
// spotless:on
