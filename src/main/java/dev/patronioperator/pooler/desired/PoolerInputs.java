package dev.patronioperator.pooler.desired;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

import dev.patronioperator.kubernetes.naming.MemberRole;

/**
 * What the poolers' objects are made of beside manifest and settings.
 *
 * @param passwords of the pooler's role and of the infrastructure roles, by name; empty while they could not be read: then no user list is rendered and one that
 *     exists stays as it is
 * @param infrastructureRoles who may see the pooler's statistics
 * @param certificate a fingerprint of the Secrets that the poolers' certificate comes from; empty without one, and while they could not be read
 * @param before what the pooler of a role has now
 */
public record PoolerInputs(
        Optional<SortedMap<String, String>> passwords,
        SortedSet<String> infrastructureRoles,
        Optional<String> certificate,
        Map<MemberRole, PoolerBefore> before) {

    public PoolerInputs {
        passwords = passwords.map(TreeMap::new);
        before = Map.copyOf(before);
    }

    /** For poolers without a certificate. */
    public PoolerInputs(
            Optional<SortedMap<String, String>> passwords,
            SortedSet<String> infrastructureRoles,
            Map<MemberRole, PoolerBefore> before) {
        this(passwords, infrastructureRoles, Optional.empty(), before);
    }

    /** For poolers that are yet to be made. */
    public PoolerInputs(Optional<SortedMap<String, String>> passwords, SortedSet<String> infrastructureRoles) {
        this(passwords, infrastructureRoles, Map.of());
    }

    PoolerBefore before(MemberRole role) {
        return before.getOrDefault(role, PoolerBefore.NOTHING);
    }

    /** Without the passwords: a record prints all it holds. */
    @Override
    public String toString() {
        return "PoolerInputs[" + passwords.map(SortedMap::keySet) + "]";
    }
}
