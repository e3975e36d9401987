package dev.patronioperator.postgres.roles;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A role as it should be.
 *
 * @param attributes all it has; those not in the set it has not. Empty for a role whose attributes are somebody else's, such as
 *     Patroni's
 * @param memberOf roles it is a member of
 * @param admin a role that may grant this one to others
 * @param parameters set when the role logs in; a list such as {@code search_path} in the form of {@link SettingList}
 * @param limits what is absent of them is as somebody else set it
 * @param origin why the role exists: {@code manifest}, {@code team} …; written down beside the role
 * @param rotationOf the role that this login takes over from; it has that role's parameters, and if we made it, its sessions are that
 *     role's
 * @param replaced the day on which another took over from this login, where it is to be written down
 */
public record RoleSpec(
        String name,
        Optional<SortedSet<RoleAttribute>> attributes,
        List<String> memberOf,
        Optional<String> admin,
        SortedMap<String, String> parameters,
        RoleLimits limits,
        RolePassword password,
        String origin,
        Optional<String> rotationOf,
        Optional<LocalDate> replaced) {

    public RoleSpec {
        attributes = attributes.map(TreeSet::new);
        memberOf = List.copyOf(memberOf);
        parameters = RoleParameters.byName(parameters);
    }

    /** A role that takes over from no other. */
    public RoleSpec(
            String name,
            Optional<SortedSet<RoleAttribute>> attributes,
            List<String> memberOf,
            Optional<String> admin,
            SortedMap<String, String> parameters,
            RoleLimits limits,
            RolePassword password,
            String origin) {
        this(
                name,
                attributes,
                memberOf,
                admin,
                parameters,
                limits,
                password,
                origin,
                Optional.empty(),
                Optional.empty());
    }

    /** The same without limits. */
    public RoleSpec(
            String name,
            Optional<SortedSet<RoleAttribute>> attributes,
            List<String> memberOf,
            Optional<String> admin,
            SortedMap<String, String> parameters,
            RolePassword password,
            String origin) {
        this(name, attributes, memberOf, admin, parameters, RoleLimits.NONE, password, origin);
    }

    /** A login that takes over from this role: a member of it, and otherwise like it. */
    public RoleSpec takenOverBy(String login, RolePassword theirs) {
        return takenOverBy(login, theirs, Optional.empty());
    }

    /** A login that has taken over from this role and was replaced since; its password stays. */
    RoleSpec replacedLogin(String login, Optional<LocalDate> since) {
        return takenOverBy(login, new RolePassword.AsItIs(), since);
    }

    private RoleSpec takenOverBy(String login, RolePassword theirs, Optional<LocalDate> until) {
        return new RoleSpec(
                login, attributes, List.of(name), admin, parameters, limits, theirs, origin, Optional.of(name), until);
    }

    RoleSpec with(SortedMap<String, String> others) {
        return new RoleSpec(name, attributes, memberOf, admin, others, limits, password, origin, rotationOf, replaced);
    }

    /** Who may grant it to others. A role that it is a member of cannot: PostgreSQL knows no circles. */
    Set<String> admins() {
        return admin.filter(role -> !memberOf.contains(role)).map(Set::of).orElseGet(Set::of);
    }

    /** The attributes of a role made with this name and nothing else: {@code CREATE ROLE} has {@code INHERIT} by default. */
    Set<RoleAttribute> attributesIfMade() {
        return attributes.<Set<RoleAttribute>>map(given -> given).orElseGet(() -> EnumSet.of(RoleAttribute.INHERIT));
    }
}
