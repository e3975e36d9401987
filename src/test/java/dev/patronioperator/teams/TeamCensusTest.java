package dev.patronioperator.teams;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.patronioperator.plan.Known;

import static org.assertj.core.api.Assertions.assertThat;

/** Whom the teams of a cluster have, from what resources and the Teams API say. */
class TeamCensusTest {

    private static final TeamRules ALL = new TeamRules(true, true, false, List.of());

    private final Map<String, TeamAnswer> api = new TreeMap<>();

    private static AdditionalTeams teams(
            Map<String, List<String>> superusers, Map<String, List<String>> teams, Map<String, List<String>> members) {
        return new AdditionalTeams(sorted(superusers), sorted(teams), sorted(members));
    }

    private static TreeMap<String, java.util.SortedSet<String>> sorted(Map<String, List<String>> map) {
        var sorted = new TreeMap<String, java.util.SortedSet<String>>();
        map.forEach((team, names) -> sorted.put(team, new TreeSet<>(names)));
        return sorted;
    }

    private TeamMembers census(TeamRules rules, AdditionalTeams additional) {
        Function<String, TeamAnswer> ask = team -> api.getOrDefault(team, new TeamAnswer.NoSuchTeam());
        return TeamCensus.take(rules, "acid", Known.of(additional), AdditionalTeams.NONE, Optional.of(ask));
    }

    private static List<String> names(TeamMembers members) {
        return members.people().stream()
                .map(person -> person.name() + (person.superuser() ? " (superuser)" : ""))
                .toList();
    }

    @Test
    void bothSourcesCountForEachTeam() {
        api.put("acid", new TeamAnswer.Members(List.of("anna", "ben")));
        api.put("other", new TeamAnswer.Members(List.of("ben", "carl")));

        var members = census(ALL, teams(Map.of(), Map.of("acid", List.of("other")), Map.of("acid", List.of("dora"))));

        assertThat(names(members)).containsExactly("anna", "ben", "carl", "dora");
        assertThat(members.complete()).isTrue();
        assertThat(members.problems()).isEmpty();
    }

    @Test
    void whoIsInATeamOfSuperusersIsOneHoweverElseTheyCome() {
        api.put("acid", new TeamAnswer.Members(List.of("anna", "ben")));
        api.put("admins", new TeamAnswer.Members(List.of("ben")));
        api.put("everywhere", new TeamAnswer.Members(List.of("carl")));

        var members = census(
                new TeamRules(true, true, false, List.of("everywhere")),
                teams(Map.of("acid", List.of("admins")), Map.of("acid", List.of("admins")), Map.of()));

        assertThat(names(members)).containsExactly("anna", "ben (superuser)", "carl (superuser)");
    }

    @Test
    void theOwnersAreSuperusersOnlyIfTheConfigurationSaysSo() {
        api.put("acid", new TeamAnswer.Members(List.of("anna")));
        api.put("other", new TeamAnswer.Members(List.of("ben")));
        var additional = teams(Map.of(), Map.of("acid", List.of("other")), Map.of());

        assertThat(names(census(new TeamRules(true, true, true, List.of()), additional)))
                .containsExactly("anna (superuser)", "ben");
        assertThat(names(census(new TeamRules(true, true, false, List.of("acid")), additional)))
                .containsExactly("anna (superuser)", "ben");
    }

    @Test
    void resourcesMakeSuperusersOnlyIfTheyMay() {
        api.put("acid", new TeamAnswer.Members(List.of()));

        var members = census(
                new TeamRules(true, false, false, List.of()),
                teams(Map.of("acid", List.of("admins")), Map.of(), Map.of("admins", List.of("mallory"))));

        assertThat(names(members)).isEmpty();
    }

    @Test
    void aTeamOfResourcesOnlyNeedNotExistElsewhere() {
        api.put("acid", new TeamAnswer.Members(List.of("anna")));

        var members =
                census(ALL, teams(Map.of(), Map.of("acid", List.of("virtual")), Map.of("virtual", List.of("ben"))));

        assertThat(names(members)).containsExactly("anna", "ben");
        assertThat(members.complete()).isTrue();
    }

    /** Of the peer, a team that the API has lost locks everybody out. */
    @Test
    void nobodyHasLeftATeamThatTheApiDoesNotKnow() {
        var members = census(ALL, AdditionalTeams.NONE);

        assertThat(members.complete()).isFalse();
        assertThat(members.problems()).singleElement().asString().contains("team acid", "knows no such team");
    }

    @Test
    void anOutageKeepsWhomTheApiLastNamed() {
        api.put("acid", new TeamAnswer.Unclear("nothing within 5 s", false, Optional.of(List.of("anna"))));

        var members = census(ALL, AdditionalTeams.NONE);

        assertThat(names(members)).containsExactly("anna");
        assertThat(members.complete()).isFalse();
        assertThat(members.problems()).containsExactly("team acid: nothing within 5 s");
    }

    /** Of the peer, resources that could not be listed count for none. */
    @Test
    void resourcesThatCannotBeReadSayWhatTheySaidLast() {
        var last = teams(Map.of(), Map.of(), Map.of("acid", List.of("anna")));

        var members = TeamCensus.take(ALL, "acid", Known.unknown("forbidden"), last, Optional.empty());

        assertThat(names(members)).containsExactly("anna");
        assertThat(members.complete()).isFalse();
        assertThat(members.problems()).containsExactly("PostgresTeam resources: forbidden");
    }

    @Test
    void withoutATeamOnlySuperusersOfAllClustersHaveRoles() {
        api.put("everywhere", new TeamAnswer.Members(List.of("carl")));
        Function<String, TeamAnswer> ask = api::get;

        var members = TeamCensus.take(
                new TeamRules(true, true, true, List.of("everywhere")),
                "",
                Known.of(teams(Map.of("", List.of("x")), Map.of("", List.of("y")), Map.of("", List.of("mallory")))),
                AdditionalTeams.NONE,
                Optional.of(ask));

        assertThat(names(members)).containsExactly("carl (superuser)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "pg_monitor", "public", "none", "line\nbreak", "zero\0byte"})
    void namesThatNoRoleCanHaveAreLeftOutAndSaid(String name) {
        api.put("acid", new TeamAnswer.Members(List.of("anna", name)));

        var members = census(ALL, AdditionalTeams.NONE);

        assertThat(names(members)).containsExactly("anna");
        assertThat(members.leftOut())
                .singleElement()
                .asString()
                .startsWith("a member of team acid ")
                .doesNotContain("\n");
    }

    @Test
    void aNameOf63BytesIsOneAndOf64IsNot() {
        var fits = "é".repeat(31) + "x";
        api.put("acid", new TeamAnswer.Members(List.of(fits, "é".repeat(32))));

        var members = census(ALL, AdditionalTeams.NONE);

        assertThat(names(members)).containsExactly(fits);
        assertThat(members.leftOut()).singleElement().asString().contains("longer than 63 bytes");
    }

    @Test
    void whatIsPeculiarButPossibleIsKeptAsItIs() {
        var names = Stream.of("Anna@Example.com", "o'brien", "x\"; DROP ROLE y; --", "$$", "Ünal")
                .sorted()
                .toList();
        api.put("acid", new TeamAnswer.Members(names));

        assertThat(names(census(ALL, AdditionalTeams.NONE))).containsExactlyElementsOf(names);
    }
}
