package dev.patronioperator.teams;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.TeamsParameters;

/**
 * Which teams have a say in a cluster, as the configuration has it.
 *
 * @param fromResources whether {@code PostgresTeam} resources count
 * @param superusersFromResources whether they may make superusers too
 * @param ownersAreSuperusers whether the members of the team that owns a cluster are superusers in it
 * @param superusers teams that are superusers in every cluster
 */
public record TeamRules(
        boolean fromResources, boolean superusersFromResources, boolean ownersAreSuperusers, List<String> superusers) {

    public TeamRules {
        superusers = List.copyOf(superusers);
    }

    public static TeamRules of(Settings settings) {
        var resources = settings.get(TeamsParameters.ENABLE_POSTGRES_TEAM_CRD);
        return new TeamRules(
                resources,
                resources && settings.get(TeamsParameters.ENABLE_POSTGRES_TEAM_CRD_SUPERUSERS),
                settings.get(TeamsParameters.ENABLE_TEAM_SUPERUSER),
                settings.get(TeamsParameters.POSTGRES_SUPERUSER_TEAMS));
    }

    /**
     * The teams whose members have a role, and whether as superusers: those of superusers first, then additional ones, then the owner.
     *
     * @param owner {@code spec.teamId}; may be empty
     */
    public Map<String, Boolean> consulted(String owner, AdditionalTeams additional) {
        var consulted = new LinkedHashMap<String, Boolean>();
        if (superusersFromResources && !owner.isEmpty()) {
            additional.superuserTeamsOf(owner).forEach(team -> consulted.put(team, true));
        }
        superusers.forEach(team -> consulted.put(team, true));
        if (!owner.isEmpty()) {
            if (fromResources) {
                additional.teamsOf(owner).forEach(team -> consulted.putIfAbsent(team, false));
            }
            consulted.putIfAbsent(owner, ownersAreSuperusers);
        }
        return consulted;
    }
}
