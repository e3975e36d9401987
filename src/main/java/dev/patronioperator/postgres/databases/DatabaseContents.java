package dev.patronioperator.postgres.databases;

import java.util.Map;
import java.util.Set;

/**
 * What is in a database, as far as the operator has a say in it.
 *
 * @param schemas those of users, by name
 * @param extensions installed ones, by name
 * @param trusted extensions that the database's owner may create
 */
public record DatabaseContents(
        Map<String, Schema> schemas,
        Map<String, Extension> extensions,
        Set<String> trusted,
        Set<DefaultGrant> defaultGrants) {

    /**
     * A schema as it is.
     *
     * @param users the roles that may use it
     */
    public record Schema(String owner, Set<String> users) {

        public Schema {
            users = Set.copyOf(users);
        }
    }

    /**
     * An extension as it is installed.
     *
     * @param isRelocatable whether it can be moved to another schema
     */
    public record Extension(String schema, String version, boolean isRelocatable) {}

    public DatabaseContents {
        schemas = Map.copyOf(schemas);
        extensions = Map.copyOf(extensions);
        trusted = Set.copyOf(trusted);
        defaultGrants = Set.copyOf(defaultGrants);
    }
}
