package dev.patronioperator.postgres.databases;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

import dev.patronioperator.sql.Sql;
import dev.patronioperator.sql.SqlChange;

/**
 * The changes that make a prepared database hold what it should. Pure. Run as the role that owns what is made or changed, so that none
 * of them can do more than that role; only an extension that PostgreSQL does not trust takes the superuser.
 *
 * <p>Privileges are compared one by one with those that are there, so that users enabled later, and schemas that were there before, get
 * theirs too. Objects that exist already keep the privileges they have.
 */
public final class ContentsConvergence {

    private final PreparedDatabaseSpec wanted;
    private final DatabaseContents found;
    private final List<SqlChange> changes = new ArrayList<>();

    private ContentsConvergence(PreparedDatabaseSpec wanted, DatabaseContents found) {
        this.wanted = wanted;
        this.found = found;
    }

    public static List<SqlChange> plan(PreparedDatabaseSpec wanted, DatabaseContents found) {
        var convergence = new ContentsConvergence(wanted, found);
        wanted.schemas().forEach(convergence::schema);
        convergence.defaultGrants();
        wanted.extensions().forEach(convergence::extension);
        return List.copyOf(convergence.changes);
    }

    private void schema(PreparedDatabaseSpec.Schema schema) {
        var users = found.schemas().get(schema.name());
        var about = "schema " + wanted.name() + "." + schema.name();
        if (users == null) {
            var create = Sql.of(
                    "CREATE SCHEMA IF NOT EXISTS ? AUTHORIZATION ?",
                    Sql.name(schema.name()),
                    Sql.name(wanted.owner(schema)));
            changes.add(change(about, List.of(create), wanted.owner(), List.of("does not exist")));
        }
        var missing = wanted.usersOf(schema).stream()
                .filter(role -> users == null || !users.contains(role))
                .toList();
        if (!missing.isEmpty()) {
            var grant = Sql.of("GRANT USAGE ON SCHEMA ? TO ?", Sql.name(schema.name()), Sql.names(missing));
            var because = missing.stream().map(role -> role + " may not use it").toList();
            // A schema that was there before may belong to anybody.
            changes.add(
                    users == null
                            ? change(about, List.of(grant), wanted.owner(schema), because)
                            : SqlChange.of(wanted.name(), about, List.of(grant), because));
        }
    }

    private void defaultGrants() {
        var missing = new LinkedHashMap<String, List<DefaultGrant>>();
        wanted.defaultGrants().stream()
                .distinct()
                .filter(grant -> !found.defaultGrants().contains(grant))
                .forEach(grant -> missing.computeIfAbsent(grant.maker(), maker -> new ArrayList<>())
                        .add(grant));
        missing.forEach((maker, grants) -> changes.add(change(
                "default privileges in " + wanted.name(),
                grants.stream().map(DefaultGrant::statement).toList(),
                maker,
                List.of(grants.size() + " privileges on what " + maker + " makes are missing"))));
    }

    private void extension(String extension, String schema) {
        var present = found.extensions().get(extension);
        var about = "extension " + extension + " in " + wanted.name();
        if (present == null) {
            var create = Sql.of("CREATE EXTENSION IF NOT EXISTS ? SCHEMA ?", Sql.name(extension), Sql.name(schema));
            changes.add(new SqlChange(
                    wanted.name(),
                    about,
                    List.of(create),
                    Optional.of(wanted.owner()).filter(owner -> found.trusted().contains(extension)),
                    List.of("does not exist")));
        } else if (!present.equals(schema)) {
            var move = Sql.of("ALTER EXTENSION ? SET SCHEMA ?", Sql.name(extension), Sql.name(schema));
            changes.add(
                    SqlChange.of(wanted.name(), about, List.of(move), List.of("schema: " + present + " -> " + schema)));
        }
    }

    private SqlChange change(String about, List<Sql> statements, String asRole, List<String> because) {
        return new SqlChange(wanted.name(), about, statements, Optional.of(asRole), because);
    }
}
