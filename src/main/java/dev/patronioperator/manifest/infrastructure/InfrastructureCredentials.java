package dev.patronioperator.manifest.infrastructure;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A role that exists in every cluster with the same password, as the configured Secrets describe it.
 *
 * @param name of the role
 * @param password in plain text; it becomes the password of the role's Secret in every cluster
 * @param memberOf roles it is a member of
 * @param flags such as {@code CREATEDB}
 * @param parameters set for the role
 */
public record InfrastructureCredentials(
        String name,
        String password,
        List<String> memberOf,
        List<String> flags,
        Map<String, String> parameters,
        Optional<String> adminRole) {

    public InfrastructureCredentials {
        memberOf = memberOf.stream().filter(role -> !role.isEmpty()).toList();
        flags = List.copyOf(flags);
        parameters = Map.copyOf(parameters);
    }

    /** Without the password: a record prints all it holds. */
    @Override
    public String toString() {
        return "InfrastructureCredentials[" + name + "]";
    }
}
