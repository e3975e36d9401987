package dev.patronioperator.postgres.roles;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.patronioperator.postgres.secrets.PasswordVerifier;
import dev.patronioperator.sql.Sql;
import dev.patronioperator.sql.SqlChange;

/**
 * The changes that make roles as they should be. Pure. What is right already is not touched: a password is checked against the stored
 * verifier, a list is compared as a list.
 *
 * <p>Roles come first and memberships after them, so that it does not matter which of two roles is named first; each role is a change of
 * its own, and so is each membership, so that one that cannot be made does not hold up the others. What is given is written down in the
 * transaction that gives it.
 */
public final class RoleConvergence {

    private final RoleCatalog catalog;
    private final Supplier<byte[]> salts;

    /** @param salts 16 random bytes a call, for verifiers to be made */
    public RoleConvergence(RoleCatalog catalog, Supplier<byte[]> salts) {
        this.catalog = catalog;
        this.salts = salts;
    }

    public List<SqlChange> plan(Collection<RoleSpec> roles) {
        var wanted = roles.stream().map(this::complete).toList();
        return Stream.concat(
                        wanted.stream().flatMap(role -> ofItself(role).change()),
                        wanted.stream().flatMap(role -> new Memberships(catalog, role, recorded(role)).plan()))
                .toList();
    }

    /**
     * A login that takes over has the parameters of its role. If we made it, its sessions are those of the role: what it makes is the
     * role's, and {@code current_user} and {@code "$user"} are as they were. One of the Zalando operator's may own something that the role
     * has no right to, so its sessions stay its own.
     */
    private RoleSpec complete(RoleSpec role) {
        if (role.rotationOf().isEmpty()) {
            return role;
        }
        var predecessor = role.rotationOf().get();
        var parameters = RoleParameters.byName(
                catalog.find(predecessor).map(RoleState::parameters).orElseGet(TreeMap::new));
        parameters.putAll(role.parameters());
        if (catalog.find(role.name()).isEmpty() || before(role).rotationOf().isPresent()) {
            parameters.put("role", predecessor);
        }
        return role.with(parameters);
    }

    private Draft ofItself(RoleSpec role) {
        var draft = new Draft(role.name());
        var found = catalog.find(role.name());
        if (found.isEmpty()) {
            make(role, draft);
        } else {
            attributes(role, found.get(), draft);
            password(role, found.get(), draft);
        }
        role.limits()
                .changes(
                        role.name(),
                        found.map(RoleState::limits).orElse(RoleLimits.NONE),
                        before(role).limits(),
                        draft::add);
        parameters(role, found.map(RoleState::parameters).orElseGet(TreeMap::new), before(role), draft);
        return draft.record(recorded(role).statements(role, before(role)));
    }

    /** What is written down of a role once it is as it should be by itself. */
    private Given recorded(RoleSpec role) {
        var found = catalog.find(role.name());
        var before = before(role);
        // Who made a role that was there already nobody knows.
        return before.once(
                role,
                found.isEmpty() ? role.rotationOf() : before.rotationOf(),
                Memberships.standing(
                        role.memberOf(), found.map(RoleState::memberOf).orElseGet(Set::of), before.memberOf()),
                Memberships.standing(role.admins(), found.map(RoleState::admins).orElseGet(Set::of), before.admins()));
    }

    private void make(RoleSpec role, Draft draft) {
        var attributes = role.attributesIfMade();
        var words = new ArrayList<>(Stream.of(RoleAttribute.values())
                .map(attribute -> attribute.keyword(attributes.contains(attribute)))
                .toList());
        words.add(passwordClause(role));
        draft.add(Sql.of("CREATE ROLE ? WITH ?", Sql.name(role.name()), Sql.words(words)), "does not exist");
    }

    private Sql passwordClause(RoleSpec role) {
        return role.password() instanceof RolePassword.Given(String text)
                ? Sql.of("PASSWORD ?", Sql.secret(verifier(role, text).text()))
                : Sql.of("PASSWORD NULL");
    }

    private PasswordVerifier verifier(RoleSpec role, String text) {
        return PasswordVerifier.parse(text)
                .orElseGet(() -> PasswordVerifier.of(text, role.name(), catalog.encryption(), salts.get()));
    }

    private static void attributes(RoleSpec role, RoleState found, Draft draft) {
        role.attributes().ifPresent(wanted -> {
            for (var attribute : RoleAttribute.values()) {
                var granted = wanted.contains(attribute);
                if (granted != found.attributes().contains(attribute)) {
                    draft.add(
                            Sql.of("ALTER ROLE ? WITH ?", Sql.name(role.name()), attribute.keyword(granted)),
                            attribute.shown(!granted) + " -> " + attribute.shown(granted));
                }
            }
        });
    }

    private void password(RoleSpec role, RoleState found, Draft draft) {
        var different =
                switch (role.password()) {
                    case RolePassword.AsItIs ignored -> false;
                    case RolePassword.None ignored -> found.verifier().isPresent();
                    case RolePassword.Given(String text) -> !isStored(text, role.name(), found);
                };
        if (different) {
            draft.add(
                    Sql.of("ALTER ROLE ? WITH ?", Sql.name(role.name()), passwordClause(role)),
                    role.password() instanceof RolePassword.None ? "has a password" : "password differs");
        }
    }

    private boolean isStored(String text, String role, RoleState found) {
        return found.verifier()
                .map(stored -> PasswordVerifier.parse(text)
                        .map(stored::equals)
                        .orElseGet(() -> stored.kind() == catalog.encryption() && stored.verifies(text, role)))
                .orElse(false);
    }

    private static void parameters(RoleSpec role, SortedMap<String, String> found, Given before, Draft draft) {
        role.parameters().forEach((parameter, value) -> {
            if (!found.containsKey(parameter) || !SettingList.same(parameter, found.get(parameter), value)) {
                draft.add(
                        Sql.of(
                                "ALTER ROLE ? SET ? TO ?",
                                Sql.name(role.name()),
                                parameterName(parameter),
                                SettingList.value(parameter, value)),
                        parameter + ": " + found.getOrDefault(parameter, "(none)") + " -> " + value);
            }
        });
        before.parameters().stream()
                .filter(parameter -> !role.parameters().containsKey(parameter) && found.containsKey(parameter))
                .forEach(parameter -> draft.add(
                        Sql.of("ALTER ROLE ? RESET ?", Sql.name(role.name()), parameterName(parameter)),
                        parameter + ": " + found.get(parameter) + " -> (none)"));
    }

    /** A parameter of an extension has a class: {@code class.name}, each part a name. */
    private static Sql parameterName(String parameter) {
        var dot = parameter.indexOf('.');
        return dot < 0 ? Sql.name(parameter) : Sql.name(parameter.substring(0, dot), parameter.substring(dot + 1));
    }

    private Given before(RoleSpec role) {
        return catalog.find(role.name()).map(RoleState::given).orElse(Given.NOTHING);
    }
}
