package dev.patronioperator.postgres.roles;

import java.util.Map;
import java.util.Optional;

import dev.patronioperator.postgres.secrets.PasswordEncryption;

/**
 * All roles of a server at one moment.
 *
 * @param encryption how the server would keep a new password
 */
public record RoleCatalog(Map<String, RoleState> roles, PasswordEncryption encryption) {

    public RoleCatalog {
        roles = Map.copyOf(roles);
    }

    Optional<RoleState> find(String name) {
        return Optional.ofNullable(roles.get(name));
    }
}
