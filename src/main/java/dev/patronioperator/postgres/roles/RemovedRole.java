package dev.patronioperator.postgres.roles;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * A role that the operator made or took over, and that nothing asks for any more. It stays: somebody may own something through it.
 *
 * @param origin why it was made
 */
public record RemovedRole(String name, String origin) {

    /**
     * Those of a server.
     *
     * @param wanted names of roles that are wanted, or about to be
     * @param former people who left; of whom all was done is not said again
     */
    public static List<RemovedRole> of(RoleCatalog catalog, Set<String> wanted, FormerMembers former) {
        return catalog.roles().values().stream()
                .filter(role -> !role.given().origin().isEmpty())
                .filter(role -> !wanted.contains(role.name()))
                .filter(role -> !isOfRotation(role, wanted))
                .filter(role -> !former.isDone(role) && !former.mayStillBeMember(role))
                .map(role -> new RemovedRole(role.name(), role.given().origin()))
                .sorted(Comparator.comparing(RemovedRole::name))
                .toList();
    }

    /** Logins that rotations of a role have left behind go by themselves, unless the role is gone. */
    private static boolean isOfRotation(RoleState role, Set<String> wanted) {
        return role.given().rotationOf().filter(wanted::contains).isPresent()
                || wanted.stream().anyMatch(predecessor -> RotatedName.day(predecessor, role.name())
                        .isPresent());
    }
}
