package dev.patronioperator.postgres.roles;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import dev.patronioperator.sql.Sql;
import dev.patronioperator.sql.SqlChange;
import dev.patronioperator.sql.Subject;

/**
 * The logins that rotations have left behind: how they should be, and when they go. Pure.
 *
 * <p>A role that the manifest no longer has keeps its logins: one of them may be the last that is known to somebody.
 *
 * <p>Only what an operator made for a rotation is dropped. Of our own the record says so. Those of the Zalando operator have no record:
 * they are known by their name, by being a member of the role they took over from and of nothing else, and by that role's Secret, which
 * says that it is being rotated. A name alone proves nothing.
 *
 * @param retention for how long a login stays once it was replaced
 * @param roles the roles that others may have taken over from, as they should be, by name; of those that have a Secret only such whose is known
 * @param rotated those of them whose Secrets say that they are being rotated, or were
 * @param inUse names of roles that are wanted: of the manifest, in a Secret, or about to be
 */
public record RotatedLogins(Duration retention, Map<String, RoleSpec> roles, Set<String> rotated, Set<String> inUse) {

    /** Roles, and what else all databases share, can be changed from here. */
    private static final String SHARED = "postgres";

    public RotatedLogins {
        roles = Map.copyOf(roles);
        rotated = Set.copyOf(rotated);
        inUse = Set.copyOf(inUse);
    }

    /**
     * What the logins should be like: as long as one of them lets in, it may do what its role may, and no more. Their passwords stay. What
     * the Zalando operator made and no Secret has named since is left as it is.
     */
    public List<RoleSpec> remaining(RoleCatalog catalog, Instant now) {
        return catalog.roles().values().stream()
                .filter(login -> !inUse.contains(login.name()))
                .filter(login -> !login.given().equals(Given.NOTHING))
                .flatMap(login -> predecessor(login)
                        .map(role -> roles.get(role).replacedLogin(login.name(), written(role, login, catalog, now)))
                        .stream())
                .sorted(Comparator.comparing(RoleSpec::name))
                .toList();
    }

    /**
     * The changes that drop what was replaced long ago: what a login owns becomes its role's, so that nothing is lost with it. A login
     * that owns something where nobody can go stays.
     *
     * @param databases those that one can connect to
     */
    public List<SqlChange> plan(RoleCatalog catalog, Set<String> databases, Instant now) {
        return catalog.roles().values().stream()
                .filter(login -> !inUse.contains(login.name()))
                .filter(login -> login.owning().stream()
                        .allMatch(database -> database.isEmpty() || databases.contains(database)))
                .sorted(Comparator.comparing(RoleState::name))
                .flatMap(login -> predecessor(login)
                        .filter(role -> replaced(role, login, catalog)
                                .filter(day -> isOver(day, now))
                                .isPresent())
                        .map(role -> drop(login, role, catalog))
                        .orElseGet(List::of)
                        .stream())
                .toList();
    }

    /** The role that the login took over from. */
    private Optional<String> predecessor(RoleState login) {
        return login.given()
                .rotationOf()
                .filter(roles::containsKey)
                .or(() -> rotated.stream().filter(madeByThePeer(login)).findFirst())
                .filter(role -> RotatedName.day(role, login.name()).isPresent());
    }

    private static Predicate<String> madeByThePeer(RoleState login) {
        return role -> login.memberOf().equals(Set.of(role))
                && (login.given().equals(Given.NOTHING)
                        || login.given().memberOf().equals(Set.of(role)));
    }

    /**
     * The day on which the login was replaced: that of the next one, which is in its name. If the role itself took over it is what was
     * written down; of a login that has no record, the Zalando operator's, only its own day is known.
     */
    private Optional<LocalDate> replaced(String role, RoleState login, RoleCatalog catalog) {
        return login.given()
                .replaced()
                .or(() -> next(role, login, catalog))
                .or(() -> login.given().equals(Given.NOTHING) ? RotatedName.day(role, login.name()) : Optional.empty());
    }

    /** A day is only written down if it follows from nothing else, and kept then. */
    private Optional<LocalDate> written(String role, RoleState login, RoleCatalog catalog, Instant now) {
        return login.given()
                .replaced()
                .or(() -> next(role, login, catalog).isPresent()
                        ? Optional.empty()
                        : Optional.of(LocalDate.ofInstant(now, ZoneOffset.UTC)));
    }

    private Optional<LocalDate> next(String role, RoleState login, RoleCatalog catalog) {
        return RotatedName.day(role, login.name()).flatMap(own -> catalog.roles().values().stream()
                .flatMap(other -> RotatedName.day(role, other.name())
                        .filter(own::isBefore)
                        .filter(day -> predecessor(other).filter(role::equals).isPresent())
                        .stream())
                .min(Comparator.naturalOrder()));
    }

    private boolean isOver(LocalDate replaced, Instant now) {
        return now.isAfter(replaced.atStartOfDay(ZoneOffset.UTC).toInstant().plus(retention));
    }

    /** Without its role there is nobody to leave to what it owns; then it stays. */
    private List<SqlChange> drop(RoleState login, String role, RoleCatalog catalog) {
        if (!login.owning().isEmpty() && catalog.find(role).isEmpty()) {
            return List.of();
        }
        var changes = new ArrayList<SqlChange>();
        var name = Sql.name(login.name());
        var because =
                List.of("took over from " + role + " and was replaced more than " + retention.toDays() + " days ago");
        login.owning().stream()
                .map(database -> database.isEmpty() ? SHARED : database)
                .distinct()
                .sorted()
                .forEach(database -> changes.add(SqlChange.of(
                        database,
                        new Subject.Possessions(login.name(), database),
                        List.of(
                                Sql.of("REASSIGN OWNED BY ? TO ?", name, Sql.name(role)),
                                Sql.of("DROP OWNED BY ?", name)),
                        because)));
        changes.add(SqlChange.of(
                SHARED, new Subject.Role(login.name()), List.of(Sql.of("DROP ROLE IF EXISTS ?", name)), because));
        return changes;
    }
}
