package dev.patronioperator.teams;

/**
 * A person who has a role in a cluster for being in a team.
 *
 * @param name of the role, as the team has it
 * @param superuser whether a team of superusers is among theirs
 */
public record TeamMember(String name, boolean superuser) {}
