package dev.patronioperator.postgres.roles;

import java.util.HashMap;
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

    /** The same once a role has another name. */
    RoleCatalog renamed(String from, String to) {
        var renamed = new HashMap<String, RoleState>();
        roles.values().stream().map(role -> role.renamed(from, to)).forEach(role -> renamed.put(role.name(), role));
        return new RoleCatalog(renamed, encryption);
    }

    Optional<RoleState> find(String name) {
        return Optional.ofNullable(roles.get(name));
    }
}
