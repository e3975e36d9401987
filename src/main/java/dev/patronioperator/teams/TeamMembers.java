package dev.patronioperator.teams;

import java.util.List;

/**
 * The people who have a role in a cluster for being in a team.
 *
 * @param asked whether teams are looked at in this installation at all
 * @param people those that are known, by name; also those last known of a team that nobody tells of at the moment
 * @param complete whether all teams were heard of, so that who is not among these has left
 * @param problems why others are not known, one line each
 * @param leftOut names that cannot be roles, and why, one line each
 */
public record TeamMembers(
        boolean asked, List<TeamMember> people, boolean complete, List<String> problems, List<String> leftOut) {

    /** Where no teams are looked at: nobody is a member, and nobody has left. */
    public static final TeamMembers NOT_ASKED = new TeamMembers(false, List.of(), true, List.of(), List.of());

    public TeamMembers {
        people = List.copyOf(people);
        problems = List.copyOf(problems);
        leftOut = List.copyOf(leftOut);
    }
}
