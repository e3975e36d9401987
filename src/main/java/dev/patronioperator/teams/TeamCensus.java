package dev.patronioperator.teams;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

import dev.patronioperator.plan.Known;
import dev.patronioperator.sql.Sql;

/** Counts the members of several teams. Pure: asks nobody but whom it is given. */
public final class TeamCensus {

    private static final int LONGEST_SHOWN = 63;

    /** CREATE ROLE refuses them, quoted or not. */
    private static final Pattern RESERVED = Pattern.compile("pg_.*|public|none");

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final TreeMap<String, Boolean> people = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private boolean complete = true;

    private TeamCensus() {}

    /**
     * @param rules which teams count
     * @param owner {@code spec.teamId}
     * @param additional what resources say, or why that is not known
     * @param lastAdditional what they said when that was last known
     * @param api told a team, gives its members; empty where the API is not to be asked
     */
    public static TeamMembers take(
            TeamRules rules,
            String owner,
            Known<AdditionalTeams> additional,
            AdditionalTeams lastAdditional,
            Optional<Function<String, TeamAnswer>> api) {
        var census = new TeamCensus();
        var resources =
                switch (additional) {
                    case Known.Value<AdditionalTeams>(AdditionalTeams known) -> known;
                    case Known.Unknown<AdditionalTeams>(String because) -> {
                        census.unknown("PostgresTeam resources: " + because);
                        yield lastAdditional;
                    }
                };
        census.count(rules.consulted(owner, resources), resources, api);
        return new TeamMembers(
                true,
                census.people.entrySet().stream()
                        .map(person -> new TeamMember(person.getKey(), person.getValue()))
                        .toList(),
                census.complete,
                census.problems,
                census.leftOut);
    }

    private void count(
            Map<String, Boolean> teams, AdditionalTeams additional, Optional<Function<String, TeamAnswer>> api) {
        teams.forEach((team, superuser) -> {
            var more = additional.membersOf(team);
            more.forEach(name -> add(team, name, superuser));
            api.map(ask -> ask.apply(team))
                    .map(answer -> named(team, answer, !more.isEmpty()))
                    .orElseGet(List::of)
                    .forEach(name -> add(team, name, superuser));
        });
    }

    private List<String> named(String team, TeamAnswer answer, boolean knownOtherwise) {
        return switch (answer) {
            case TeamAnswer.Members(List<String> names) -> names;
            case TeamAnswer.NoSuchTeam ignored -> {
                // A team of resources only need not exist elsewhere. Of any other a typing error, or an API that has
                // lost
                // its data, would lock everybody out.
                if (!knownOtherwise) {
                    unknown("team " + team + ": the Teams API knows no such team; nobody is taken to have left it");
                }
                yield List.of();
            }
            case TeamAnswer.Unclear(String because, boolean heard, Optional<List<String>> lastKnown) -> {
                unknown("team " + team + ": " + because);
                yield lastKnown.orElseGet(List::of);
            }
        };
    }

    private void unknown(String problem) {
        complete = false;
        problems.add(problem);
    }

    private void add(String team, String name, boolean superuser) {
        var wrong = problemOf(name);
        if (wrong.isPresent()) {
            leftOut.add("a member of team " + team + " "
                    + CONTROL.matcher(name).replaceAll("?").transform(TeamCensus::shortened) + ": " + wrong.get());
        } else {
            people.merge(name, superuser, Boolean::logicalOr);
        }
    }

    private static String shortened(String name) {
        return "\"" + (name.length() <= LONGEST_SHOWN ? name : name.substring(0, LONGEST_SHOWN) + "…") + "\"";
    }

    private static Optional<String> problemOf(String name) {
        if (name.isBlank()) {
            return Optional.of("the name is empty");
        }
        if (CONTROL.matcher(name).find()) {
            return Optional.of("there are control characters in the name");
        }
        if (!Sql.isName(name)) {
            return Optional.of("the name is longer than 63 bytes");
        }
        return RESERVED.matcher(name).matches()
                ? Optional.of("PostgreSQL keeps names like this for itself")
                : Optional.empty();
    }
}
