package dev.patronioperator.postgres.databases;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

import dev.patronioperator.sql.Obstacle;
import dev.patronioperator.sql.Sql;
import dev.patronioperator.sql.SqlChange;
import dev.patronioperator.sql.Subject;

/**
 * The changes that make a prepared database hold what it should. Pure. Run as the role that owns what is made or changed, so that none
 * of them can do more than that role; only an extension that PostgreSQL does not trust takes the superuser, and so does what is made in
 * a database that belongs to somebody else.
 *
 * <p>Privileges are compared one by one with those that are there, so that users enabled later, and schemas that were there before, get
 * theirs too. Objects that exist already keep the privileges they have.
 */
public final class ContentsConvergence {

    private final PreparedDatabaseSpec wanted;
    private final DatabaseContents found;
    private final List<SqlChange> changes = new ArrayList<>();
    private final List<Obstacle> obstacles = new ArrayList<>();

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

    /** What differs and cannot be changed. */
    public static List<Obstacle> obstacles(PreparedDatabaseSpec wanted, DatabaseContents found) {
        var convergence = new ContentsConvergence(wanted, found);
        wanted.extensions().forEach(convergence::obstacle);
        return List.copyOf(convergence.obstacles);
    }

    private void obstacle(String name, PreparedDatabaseSpec.Extension extension) {
        Optional.ofNullable(found.extensions().get(name))
                .filter(present -> isElsewhere(extension, present) && !present.isRelocatable())
                .map(present -> new Obstacle(
                        about(name).text(),
                        "is in schema " + present.schema() + " and cannot be moved to " + extension.schema()
                                + ": its author has not made it relocatable",
                        "Name the schema it is in, or drop it yourself to have it made where it should be"))
                .ifPresent(obstacles::add);
    }

    private void schema(PreparedDatabaseSpec.Schema schema) {
        var present = found.schemas().get(schema.name());
        var about = new Subject.Schema(schema.name(), wanted.name());
        var owner = wanted.owner(schema);
        if (present == null) {
            var create =
                    Sql.of("CREATE SCHEMA IF NOT EXISTS ? AUTHORIZATION ?", Sql.name(schema.name()), Sql.name(owner));
            changes.add(
                    new SqlChange(wanted.name(), about, List.of(create), wanted.maker(), List.of("does not exist")));
        } else if (wanted.isOwner(present.owner(), schema) && !present.owner().equals(owner)) {
            // The new owner may not make schemas in the database, without which only the superuser can give it one.
            var give = Sql.of("ALTER SCHEMA ? OWNER TO ?", Sql.name(schema.name()), Sql.name(owner));
            changes.add(SqlChange.of(
                    wanted.name(), about, List.of(give), List.of("owner: " + present.owner() + " -> " + owner)));
        }
        var missing = wanted.usersOf(schema).stream()
                .filter(role -> present == null || !present.users().contains(role))
                .toList();
        if (!missing.isEmpty()) {
            var grant = Sql.of("GRANT USAGE ON SCHEMA ? TO ?", Sql.name(schema.name()), Sql.names(missing));
            var because = missing.stream().map(role -> role + " may not use it").toList();
            // A schema that was there before may belong to anybody.
            changes.add(
                    present == null
                            ? change(about, List.of(grant), owner, because)
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
                new Subject.DefaultPrivileges(wanted.name()),
                grants.stream().map(DefaultGrant::statement).toList(),
                maker,
                List.of(grants.size() + " privileges on what " + maker + " makes are missing"))));
    }

    private void extension(String name, PreparedDatabaseSpec.Extension extension) {
        var present = found.extensions().get(name);
        if (present == null) {
            changes.add(new SqlChange(
                    wanted.name(),
                    about(name),
                    List.of(make(name, extension)),
                    wanted.maker().filter(owner -> found.trusted().contains(name)),
                    List.of("does not exist")));
            return;
        }
        extension
                .version()
                .filter(version -> !version.equals(present.version()))
                .ifPresent(version -> {
                    var update = Sql.of("ALTER EXTENSION ? UPDATE TO ?", Sql.name(name), Sql.value(version));
                    changes.add(alter(name, update, "version: " + present.version() + " -> " + version));
                });
        if (isElsewhere(extension, present) && present.isRelocatable()) {
            var move = Sql.of("ALTER EXTENSION ? SET SCHEMA ?", Sql.name(name), Sql.name(extension.schema()));
            changes.add(alter(name, move, "schema: " + present.schema() + " -> " + extension.schema()));
        }
    }

    private static Sql make(String name, PreparedDatabaseSpec.Extension extension) {
        var version = extension
                .version()
                .map(text -> Sql.of(" VERSION ?", Sql.value(text)))
                .orElse(Sql.of(""));
        return Sql.of(
                "CREATE EXTENSION IF NOT EXISTS ? SCHEMA ??", Sql.name(name), Sql.name(extension.schema()), version);
    }

    private SqlChange alter(String name, Sql statement, String because) {
        return SqlChange.of(wanted.name(), about(name), List.of(statement), List.of(because));
    }

    private static boolean isElsewhere(PreparedDatabaseSpec.Extension extension, DatabaseContents.Extension present) {
        return !present.schema().equals(extension.schema());
    }

    private Subject about(String extension) {
        return new Subject.Extension(extension, wanted.name());
    }

    private SqlChange change(Subject about, List<Sql> statements, String asRole, List<String> because) {
        return new SqlChange(wanted.name(), about, statements, Optional.of(asRole), because);
    }
}
