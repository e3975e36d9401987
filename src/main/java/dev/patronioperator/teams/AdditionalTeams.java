package dev.patronioperator.teams;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

import dev.patronioperator.api.PostgresTeam;
import dev.patronioperator.api.PostgresTeamSpec;

/**
 * What all {@code PostgresTeam} resources say together. Teams need not exist anywhere else.
 *
 * @param superuserTeams by team: the teams whose members are superusers of its clusters
 * @param teams by team: the teams whose members are members of its clusters
 * @param members by team: people who are in it beside those that the Teams API names
 */
public record AdditionalTeams(
        SortedMap<String, SortedSet<String>> superuserTeams,
        SortedMap<String, SortedSet<String>> teams,
        SortedMap<String, SortedSet<String>> members) {

    public static final AdditionalTeams NONE = new AdditionalTeams(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

    /** All resources as one. */
    public static AdditionalTeams of(Collection<PostgresTeam> resources) {
        var specs = resources.stream()
                .map(PostgresTeam::getSpec)
                .filter(Objects::nonNull)
                .toList();
        return new AdditionalTeams(
                merged(specs, PostgresTeamSpec::additionalSuperuserTeams),
                merged(specs, PostgresTeamSpec::additionalTeams),
                merged(specs, PostgresTeamSpec::additionalMembers));
    }

    private static SortedMap<String, SortedSet<String>> merged(
            List<PostgresTeamSpec> specs, Function<PostgresTeamSpec, Map<String, List<String>>> part) {
        var merged = new TreeMap<String, SortedSet<String>>();
        specs.stream()
                .map(part)
                .filter(Objects::nonNull)
                .forEach(byTeam -> byTeam.forEach((team, names) -> {
                    if (names != null) {
                        names.stream().filter(Objects::nonNull).forEach(name -> merged.computeIfAbsent(
                                        team, ignored -> new TreeSet<>())
                                .add(name));
                    }
                }));
        return merged;
    }

    /** The teams that something is said of. */
    public Set<String> mentioned() {
        var all = new TreeSet<String>();
        all.addAll(superuserTeams.keySet());
        all.addAll(teams.keySet());
        all.addAll(members.keySet());
        return all;
    }

    /** Followed from team to team, each once, so that circles end; without the team itself. */
    Set<String> superuserTeamsOf(String team) {
        return followed(team, superuserTeams);
    }

    /** The same for teams of ordinary members. */
    Set<String> teamsOf(String team) {
        return followed(team, teams);
    }

    SortedSet<String> membersOf(String team) {
        return members.getOrDefault(team, new TreeSet<>());
    }

    private static Set<String> followed(String team, Map<String, SortedSet<String>> edges) {
        var found = new LinkedHashSet<String>();
        var open = new ArrayDeque<>(List.of(team));
        while (!open.isEmpty()) {
            edges.getOrDefault(open.poll(), new TreeSet<>()).stream()
                    .filter(next -> !next.equals(team))
                    .filter(found::add)
                    .forEach(open::add);
        }
        return found;
    }
}
