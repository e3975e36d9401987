package dev.patronioperator.postgres.roles;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

import dev.patronioperator.sql.Sql;
import dev.patronioperator.sql.SqlChange;
import dev.patronioperator.sql.Subject;

/**
 * People who have left the teams of a cluster, and those who have come back. Pure. Who was a member is what the record beside each role
 * says, so that nobody is forgotten who left while the operator was away.
 *
 * @param known whether all teams were heard of; if not, nobody is taken to have left
 * @param locking whether roles of those who left are locked and renamed, {@code enable_team_member_deprecation}
 * @param suffix what the new name ends with, {@code role_deletion_suffix}
 * @param people names of roles of those who are members
 * @param others names of all other roles that are wanted, or protected
 */
public record FormerMembers(
        boolean known, boolean locking, String suffix, SortedSet<String> people, SortedSet<String> others) {

    private static final String DATABASE = "postgres";
    private static final String ORIGIN = "team";

    public FormerMembers {
        people = new TreeSet<>(people);
        others = new TreeSet<>(others);
    }

    /** Gives back their names to the roles of those who are members again. They log in again once their roles have converged. */
    public List<SqlChange> comeBack(RoleCatalog catalog) {
        return backAgain(catalog).stream()
                .map(name -> SqlChange.of(
                        DATABASE,
                        new Subject.Role(name + suffix),
                        List.of(Sql.of("ALTER ROLE ? RENAME TO ?", Sql.name(name + suffix), Sql.name(name))),
                        List.of(name + " is in a team of this cluster again")))
                .toList();
    }

    /** The roles as they are once those who came back have their names. */
    public RoleCatalog afterwards(RoleCatalog catalog) {
        var after = catalog;
        for (var name : backAgain(catalog)) {
            after = after.renamed(name + suffix, name);
        }
        return after;
    }

    /** Locks the roles of those who left. */
    public List<SqlChange> leave(RoleCatalog catalog) {
        return !known || !locking
                ? List.of()
                : catalog.roles().values().stream()
                        .filter(this::isOfOneWhoLeft)
                        .sorted(Comparator.comparing(RoleState::name))
                        .flatMap(role -> lock(role, catalog).stream())
                        .toList();
    }

    /** Whether a role was that of a member, and everything was done about it that is to be done. */
    boolean isDone(RoleState role) {
        return isLocked(role) && role.name().endsWith(suffix);
    }

    /** Whether it may be the role of a member of whom nobody tells at the moment. */
    boolean mayStillBeMember(RoleState role) {
        return !known && isOurs(role);
    }

    private List<String> backAgain(RoleCatalog catalog) {
        return people.stream()
                .filter(name -> catalog.find(name).isEmpty())
                .filter(name -> catalog.find(name + suffix)
                        .filter(this::isOfOneWhoMayComeBack)
                        .isPresent())
                .sorted()
                .toList();
    }

    /** The Zalando operator writes down nothing: such a role of its is known by its name and by being locked. */
    private boolean isOfOneWhoMayComeBack(RoleState role) {
        return !suffix.isEmpty()
                && isLockedRole(role)
                && !people.contains(role.name())
                && !others.contains(role.name())
                && (isOurs(role) || locking && role.given().origin().isEmpty());
    }

    private boolean isOfOneWhoLeft(RoleState role) {
        return isOurs(role) && !isDone(role) && !people.contains(role.name()) && !others.contains(role.name());
    }

    private boolean isLocked(RoleState role) {
        return isOurs(role) && isLockedRole(role);
    }

    private static boolean isLockedRole(RoleState role) {
        return !role.attributes().contains(RoleAttribute.LOGIN);
    }

    private static boolean isOurs(RoleState role) {
        return role.given().origin().equals(ORIGIN);
    }

    private Optional<SqlChange> lock(RoleState role, RoleCatalog catalog) {
        var name = Sql.name(role.name());
        var statements = new ArrayList<Sql>();
        if (!isLocked(role)) {
            statements.add(Sql.of("ALTER ROLE ? WITH ?", name, RoleAttribute.LOGIN.keyword(false)));
        }
        if (isFree(role.name() + suffix, catalog)) {
            statements.add(Sql.of("ALTER ROLE ? RENAME TO ?", name, Sql.name(role.name() + suffix)));
        }
        return statements.isEmpty()
                ? Optional.empty()
                : Optional.of(SqlChange.of(
                        DATABASE,
                        new Subject.Role(role.name()),
                        statements,
                        List.of(role.name() + " is in no team of this cluster any more")));
    }

    /** PostgreSQL would cut off a name that is too long, and nobody would find the role again. */
    private boolean isFree(String name, RoleCatalog catalog) {
        return !suffix.isEmpty()
                && Sql.isName(name)
                && catalog.find(name).isEmpty()
                && !people.contains(name)
                && !others.contains(name);
    }
}
