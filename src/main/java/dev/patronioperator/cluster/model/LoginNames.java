package dev.patronioperator.cluster.model;

import java.util.Set;
import java.util.stream.Collectors;

import dev.patronioperator.postgres.roles.RotatedName;

/**
 * Whom the Secret of a role may name: the role, and logins that took over from it. Any other name is somebody's edit, and following it
 * would give one role's password to another.
 *
 * @param role whose Secret it is
 * @param rotated whether other logins may take over from the role
 * @param others roles of the cluster that are called like such logins and are none
 */
public record LoginNames(String role, boolean rotated, Set<String> others) {

    public LoginNames {
        others = Set.copyOf(others);
    }

    public static LoginNames of(ClusterModel model, DatabaseRole role) {
        boolean rotated = PasswordRotation.mayRotate(role);
        return new LoginNames(
                role.name(),
                rotated,
                model.roles().all().stream()
                        .map(DatabaseRole::name)
                        .filter(name ->
                                rotated && RotatedName.day(role.name(), name).isPresent())
                        .collect(Collectors.toSet()));
    }

    public boolean allow(String login) {
        return login.equals(role) || isSuccessor(login);
    }

    /** Whether that login took over from the role, whichever operator saw to that. */
    public boolean isSuccessor(String login) {
        return rotated && RotatedName.day(role, login).isPresent() && !others.contains(login);
    }
}
