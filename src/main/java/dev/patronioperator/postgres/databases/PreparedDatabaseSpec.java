package dev.patronioperator.postgres.databases;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A prepared database as it should be: schemas, extensions, and roles for owners, writers and readers of the database and of each
 * schema.
 *
 * @param owned whether the database belongs to its own owner role, and not to one that the manifest names elsewhere
 * @param users whether the database's roles have login users
 * @param extensions by name
 */
public record PreparedDatabaseSpec(
        String name, boolean owned, boolean users, List<Schema> schemas, SortedMap<String, Extension> extensions) {

    /**
     * A schema of it.
     *
     * @param roles whether it has owner, writer and reader of its own
     * @param users whether these have login users
     */
    public record Schema(String name, boolean roles, boolean users) {}

    /**
     * An extension of it.
     *
     * @param schema it is in
     * @param version as its author calls it; without one the default of the image where it is made, and whichever it has afterwards
     */
    public record Extension(String schema, Optional<String> version) {}

    public PreparedDatabaseSpec {
        schemas = List.copyOf(schemas);
        extensions = new TreeMap<>(extensions);
    }

    /** One that belongs to its own owner role. */
    public PreparedDatabaseSpec(
            String name, boolean users, List<Schema> schemas, SortedMap<String, Extension> extensions) {
        this(name, true, users, schemas, extensions);
    }

    /** Who may make something in the database; empty if none of its roles may, as it belongs to another. */
    Optional<String> maker() {
        return Optional.of(owner()).filter(ignored -> owned);
    }

    /** The role that owns the database, unless it belongs to another, and what is in it. */
    public String owner() {
        return owner(name);
    }

    String owner(Schema schema) {
        return schema.roles() ? owner(prefix(schema)) : owner();
    }

    /** Whether the owner of a schema is one that a manifest has given it, before or after it had roles of its own. */
    boolean isOwner(String role, Schema schema) {
        return role.equals(owner()) || role.equals(owner(prefix(schema)));
    }

    /** Who may use the schema. */
    List<String> usersOf(Schema schema) {
        var roles = new ArrayList<>(List.of(name + "_reader", name + "_writer"));
        if (schema.roles()) {
            roles.addAll(List.of(prefix(schema) + "_reader", prefix(schema) + "_writer"));
        }
        return roles;
    }

    /** What readers and writers may do with objects that are made from now on. */
    List<DefaultGrant> defaultGrants() {
        var grants = new ArrayList<DefaultGrant>();
        makers(name, users).forEach(maker -> grants.addAll(DefaultGrant.of(maker, Optional.empty(), name)));
        schemas.forEach(schema -> grants.addAll(defaultGrants(schema)));
        return grants;
    }

    private List<DefaultGrant> defaultGrants(Schema schema) {
        var grants = new ArrayList<DefaultGrant>();
        var here = Optional.of(schema.name());
        var own = schema.roles() ? makers(prefix(schema), schema.users()) : makers(name, users);
        own.forEach(maker -> grants.addAll(DefaultGrant.of(maker, here, name)));
        if (schema.roles()) {
            var makers = new ArrayList<>(makers(name, users));
            makers.addAll(own);
            makers.forEach(maker -> grants.addAll(DefaultGrant.of(maker, here, prefix(schema))));
        }
        return grants;
    }

    private String prefix(Schema schema) {
        return name + "_" + schema.name();
    }

    /** The owner role of a database, or of a schema by the names of both. */
    public static String owner(String prefix) {
        return prefix + "_owner";
    }

    private static List<String> makers(String prefix, boolean users) {
        return users ? List.of(owner(prefix), owner(prefix) + "_user") : List.of(owner(prefix));
    }
}
