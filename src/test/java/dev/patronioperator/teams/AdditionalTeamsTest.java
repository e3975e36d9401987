package dev.patronioperator.teams;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

import dev.patronioperator.api.PostgresTeam;

import static org.assertj.core.api.Assertions.assertThat;

class AdditionalTeamsTest {

    private static AdditionalTeams of(String... specs) {
        var yaml = new KubernetesSerialization();
        return AdditionalTeams.of(Arrays.stream(specs)
                .map(spec -> yaml.unmarshal("spec:\n" + spec.indent(2), PostgresTeam.class))
                .toList());
    }

    @Test
    void allResourcesAreReadAsOne() {
        var teams = of(
                "additionalMembers: {acid: [anna, ben]}",
                "additionalMembers: {acid: [ben, carl], other: [dora]}",
                "additionalTeams: {acid: [other]}");

        assertThat(teams.members())
                .isEqualTo(Map.of(
                        "acid",
                        new java.util.TreeSet<>(List.of("anna", "ben", "carl")),
                        "other",
                        new java.util.TreeSet<>(List.of("dora"))));
        assertThat(teams.teamsOf("acid")).containsExactly("other");
    }

    @Test
    void teamsAreFollowedAndCirclesEnd() {
        var teams = of(
                "additionalTeams: {a: [b], b: [c, a], c: [d], d: [b]}",
                "additionalSuperuserTeams: {a: [x], x: [y, a], b: [z]}");

        assertThat(teams.teamsOf("a")).containsExactlyInAnyOrder("b", "c", "d");
        assertThat(teams.superuserTeamsOf("a")).containsExactlyInAnyOrder("x", "y");
    }

    @Test
    void membersOfATeamAreNotThoseOfItsTeams() {
        var teams = of("additionalTeams: {a: [b]}\nadditionalMembers: {b: [ben]}");

        assertThat(teams.membersOf("a")).isEmpty();
    }

    @Test
    void whatIsHalfWrittenSaysNothing() {
        assertThat(of("additionalTeams: {a: null, b: [null, c]}\nadditionalMembers: null")
                        .teams())
                .isEqualTo(Map.of("b", new java.util.TreeSet<>(List.of("c"))));
        assertThat(AdditionalTeams.of(List.of(new PostgresTeam()))).isEqualTo(AdditionalTeams.NONE);
    }
}
