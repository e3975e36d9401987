package dev.patronioperator.postgres.roles;

import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

import dev.patronioperator.postgres.secrets.PasswordVerifier;

/**
 * A role as the server has it.
 *
 * @param verifier of its password; a text that is no verifier counts as none, as nobody can log in with it
 * @param memberOf roles it is a direct member of
 * @param admins roles that may grant this one
 * @param parameters set for the role in all databases, without the operator's own record
 * @param given what the operator gave it
 * @param owning the databases in which it owns something or was granted something, "" for what all databases share; only read of roles
 *     whose names end like those of rotations
 */
public record RoleState(
        String name,
        Set<RoleAttribute> attributes,
        Optional<PasswordVerifier> verifier,
        Set<String> memberOf,
        Set<String> admins,
        SortedMap<String, String> parameters,
        RoleLimits limits,
        Given given,
        Set<String> owning) {

    public RoleState {
        attributes = Set.copyOf(attributes);
        memberOf = Set.copyOf(memberOf);
        admins = Set.copyOf(admins);
        parameters = RoleParameters.byName(parameters);
        owning = Set.copyOf(owning);
    }

    /** The same in a server where a role, this or another, has another name. */
    RoleState renamed(String from, String to) {
        return new RoleState(
                name.equals(from) ? to : name,
                attributes,
                verifier,
                renamed(memberOf, from, to),
                renamed(admins, from, to),
                parameters,
                limits,
                given,
                owning);
    }

    private static Set<String> renamed(Set<String> names, String from, String to) {
        return names.stream().map(name -> name.equals(from) ? to : name).collect(Collectors.toSet());
    }

    /** Names and parameters only. */
    @Override
    public String toString() {
        return "RoleState[" + name + ", " + attributes + ", member of " + memberOf + ", " + parameters.keySet() + "]";
    }
}
