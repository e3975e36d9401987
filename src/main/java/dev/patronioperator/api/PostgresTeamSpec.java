package dev.patronioperator.api;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Maps whose keys are values of {@code spec.teamId} of clusters. */
@ManifestPart
// spotless:off
public record PostgresTeamSpec(
        @JsonPropertyDescription("By owning team: teams whose members become superusers of its clusters. Followed "
                + "from team to team.")
        Map<String, List<String>> additionalSuperuserTeams,

        @JsonPropertyDescription("By owning team: teams whose members become members of its clusters. Followed "
                + "from team to team.")
        Map<String, List<String>> additionalTeams,

        @JsonPropertyDescription("By team: users who are members of it in addition to those the Teams API names.")
        Map<String, List<String>> additionalMembers) {}
// spotless:on
