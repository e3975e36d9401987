package dev.patronioperator.cluster.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.TeamsParameters;
import dev.patronioperator.sql.Sql;
import dev.patronioperator.teams.TeamMember;
import dev.patronioperator.teams.TeamMembers;

/**
 * The roles of people, who log in without a password of ours: PAM asks for theirs.
 *
 * @param members whom the teams have
 * @param roles one for each member whose name is free
 * @param taken members whose name is that of another role of the cluster, or protected: that role stays as it is
 * @param protectedNames roles that nobody may make or change
 * @param deprecated whether roles of people who have left are locked and renamed
 * @param suffix what such a role's name ends with
 */
public record HumanRoles(
        TeamMembers members,
        List<DatabaseRole> roles,
        List<String> taken,
        Set<String> protectedNames,
        boolean deprecated,
        String suffix) {

    public HumanRoles {
        roles = List.copyOf(roles);
        taken = List.copyOf(taken);
        protectedNames = Set.copyOf(protectedNames);
    }

    /** Where teams are not looked at, nobody is taken to have left them. */
    public boolean isComplete() {
        return members.asked() && members.complete();
    }

    /** Where nobody looks at teams. */
    public static HumanRoles none(ClusterModel model) {
        return of(model, TeamMembers.NOT_ASKED);
    }

    /** @param model without people */
    public static HumanRoles of(ClusterModel model, TeamMembers members) {
        var settings = model.settings();
        var others = new HashSet<String>();
        model.roles().all().stream().map(DatabaseRole::name).forEach(others::add);
        var guarded = Set.copyOf(settings.get(TeamsParameters.PROTECTED_ROLE_NAMES));
        var roles = new ArrayList<DatabaseRole>();
        var taken = new ArrayList<String>();
        for (var person : members.people()) {
            if (others.contains(person.name()) || guarded.contains(person.name())) {
                taken.add(person.name());
            } else {
                roles.add(role(person, settings, model.identity().namespace()));
            }
        }
        return new HumanRoles(
                members,
                roles,
                taken,
                guarded,
                settings.get(TeamsParameters.ENABLE_TEAM_MEMBER_DEPRECATION),
                settings.get(TeamsParameters.ROLE_DELETION_SUFFIX));
    }

    private static DatabaseRole role(TeamMember person, Settings settings, String namespace) {
        var groups = new ArrayList<String>();
        named(settings.get(TeamsParameters.PAM_ROLE_NAME)).ifPresent(groups::add);
        if (!person.superuser()) {
            named(settings.get(TeamsParameters.TEAM_ADMIN_ROLE)).ifPresent(groups::add);
        }
        return DatabaseRole.of(
                        person.name(),
                        RoleOrigin.TEAM,
                        person.superuser() ? List.of("LOGIN", "SUPERUSER") : List.of("LOGIN"),
                        namespace)
                .memberOf(groups)
                .with(settings.get(TeamsParameters.TEAM_API_ROLE_CONFIGURATION))
                .withoutSecret();
    }

    private static Optional<String> named(String role) {
        return Optional.of(role.strip()).filter(Sql::isName);
    }
}
