package dev.patronioperator.postgres.roles;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.patronioperator.sql.Sql;
import dev.patronioperator.sql.SqlChange;

/**
 * The changes that make one role a member of others, let others grant it, and take back what was given so. Pure. Each is a change of its
 * own, so that one that cannot be made hinders no other, and each brings up to date what is {@linkplain Given written down} of it.
 *
 * <p>Nobody knows which changes will come to pass. So a record tells rather of a membership too many than of one too few, which nobody
 * would ever take back: what is to be given is in the records of all that comes after it, and what is to be taken back is missing in that
 * of its own change only.
 */
final class Memberships {

    private final RoleCatalog catalog;
    private final RoleSpec role;
    private final Set<String> memberOf;
    private final Set<String> admins;
    private final Stream.Builder<SqlChange> changes = Stream.builder();
    private Given recorded;

    /** @param recorded what is written down of the role when these changes begin */
    Memberships(RoleCatalog catalog, RoleSpec role, Given recorded) {
        this.catalog = catalog;
        this.role = role;
        this.memberOf = catalog.find(role.name()).map(RoleState::memberOf).orElseGet(Set::of);
        this.admins = catalog.find(role.name()).map(RoleState::admins).orElseGet(Set::of);
        this.recorded = recorded;
    }

    /**
     * Names that can be written down before anything is given or taken back: what is wanted and there is ours from now on, whoever gave
     * it; what is neither wanted nor there any more is forgotten.
     */
    static SortedSet<String> standing(Collection<String> wanted, Set<String> found, Set<String> recorded) {
        return Stream.concat(wanted.stream(), recorded.stream())
                .filter(name -> found.contains(name) || wanted.contains(name) && recorded.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Stream<SqlChange> plan() {
        new LinkedHashSet<>(role.memberOf())
                .stream().filter(group -> !memberOf.contains(group)).forEach(this::give);
        recorded.memberOf().stream()
                .filter(group -> !role.memberOf().contains(group) && memberOf.contains(group))
                .forEach(this::takeBack);
        role.admins().stream().filter(admin -> !admins.contains(admin)).forEach(this::letGrant);
        recorded.admins().stream()
                .filter(admin -> !role.admins().contains(admin) && admins.contains(admin))
                .forEach(this::letGrantNoMore);
        return changes.build();
    }

    private void give(String group) {
        var draft = new Draft(role.name());
        var name = Sql.name(role.name());
        // PostgreSQL knows no circles: a grant the wrong way round has to go first.
        if (catalog.find(group).map(g -> g.memberOf().contains(role.name())).orElse(false)) {
            draft.add(
                    Sql.of("REVOKE ? FROM ?", name, Sql.name(group)),
                    group + " is a member of it, not the other way round");
        }
        draft.add(Sql.of("GRANT ? TO ?", Sql.name(group), name), "not a member of " + group);
        var after = recorded.withMemberOf(with(group, recorded.memberOf()));
        write(draft, after);
        recorded = after;
    }

    private void takeBack(String group) {
        var draft = new Draft(role.name());
        draft.add(Sql.of("REVOKE ? FROM ?", Sql.name(group), Sql.name(role.name())), "no longer a member of " + group);
        write(draft, recorded.withMemberOf(without(group, recorded.memberOf())));
    }

    private void letGrant(String admin) {
        var draft = new Draft(role.name());
        draft.add(
                Sql.of("GRANT ? TO ? WITH ADMIN OPTION", Sql.name(role.name()), Sql.name(admin)),
                admin + " may not grant it");
        var after = recorded.withAdmins(with(admin, recorded.admins()));
        write(draft, after);
        recorded = after;
    }

    /** The membership came with the option. One that is given by itself stays. */
    private void letGrantNoMore(String admin) {
        boolean isMemberByItself = catalog.find(admin)
                .map(member -> member.given().memberOf().contains(role.name()))
                .orElse(false);
        var name = Sql.name(role.name());
        var draft = new Draft(role.name());
        draft.add(
                isMemberByItself
                        ? Sql.of("REVOKE ADMIN OPTION FOR ? FROM ?", name, Sql.name(admin))
                        : Sql.of("REVOKE ? FROM ?", name, Sql.name(admin)),
                admin + " may grant it no more");
        write(draft, recorded.withAdmins(without(admin, recorded.admins())));
    }

    private static SortedSet<String> with(String name, SortedSet<String> names) {
        var more = new TreeSet<>(names);
        more.add(name);
        return more;
    }

    private static SortedSet<String> without(String name, SortedSet<String> names) {
        var less = new TreeSet<>(names);
        less.remove(name);
        return less;
    }

    /** Of a role that is somebody else's nothing is written down. */
    private void write(Draft draft, Given after) {
        if (role.attributes().isPresent()) {
            draft.record(after.statements(role, recorded));
        }
        draft.change().forEach(changes::add);
    }
}
