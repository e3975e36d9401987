package dev.patronioperator.postgres.databases;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.patronioperator.postgres.roles.OwnRecord;
import dev.patronioperator.sql.Sql;
import dev.patronioperator.sql.SqlChange;
import dev.patronioperator.sql.Subject;

/**
 * What manifests have asked for in a database, as it is {@linkplain OwnRecord written down} with the database: before what it tells of is
 * made, and until that is gone.
 *
 * @param origin why the database was asked for; empty for one that never was
 */
public record DatabaseRecord(String origin, SortedSet<String> schemas, SortedSet<String> extensions) {

    private static final String DATABASE = "postgres";
    private static final String ORIGIN = "origin";
    private static final String SCHEMAS = "schemas";
    private static final String EXTENSIONS = "extensions";

    public DatabaseRecord {
        schemas = Collections.unmodifiableSortedSet(new TreeSet<>(schemas));
        extensions = Collections.unmodifiableSortedSet(new TreeSet<>(extensions));
    }

    /** Reads the record from among all parameters of a database. */
    public static DatabaseRecord read(Map<String, String> parameters) {
        var record = OwnRecord.read(parameters);
        return new DatabaseRecord(record.text(ORIGIN), record.names(SCHEMAS), record.names(EXTENSIONS));
    }

    /** Whether it tells of anything in the database. */
    public boolean tellsOfContents() {
        return !schemas.isEmpty() || !extensions.isEmpty();
    }

    /**
     * The changes that bring records up to date.
     *
     * @param asked what the manifest asks for
     * @param records of all databases that there are
     * @param contents of those that were looked into
     */
    public static List<SqlChange> plan(
            SortedMap<String, DatabaseRecord> asked,
            Map<String, DatabaseRecord> records,
            Map<String, DatabaseContents> contents) {
        var changes = new ArrayList<SqlChange>();
        asked.forEach((database, now) -> Optional.ofNullable(records.get(database))
                .flatMap(recorded ->
                        change(database, recorded, now.and(recorded, Optional.ofNullable(contents.get(database)))))
                .ifPresent(changes::add));
        return changes;
    }

    /** What is asked for now, and of what was asked for before whatever is there still. */
    private DatabaseRecord and(DatabaseRecord before, Optional<DatabaseContents> found) {
        var allSchemas = new TreeSet<>(before.schemas);
        var allExtensions = new TreeSet<>(before.extensions);
        found.ifPresent(contents -> {
            allSchemas.retainAll(contents.schemas().keySet());
            allExtensions.retainAll(contents.extensions().keySet());
        });
        allSchemas.addAll(schemas);
        allExtensions.addAll(extensions);
        return new DatabaseRecord(origin, allSchemas, allExtensions);
    }

    private static Optional<SqlChange> change(String database, DatabaseRecord before, DatabaseRecord after) {
        var statements = after.written().statements(Sql.of("DATABASE ?", Sql.name(database)), before.written());
        return statements.isEmpty()
                ? Optional.empty()
                : Optional.of(SqlChange.of(
                        DATABASE,
                        new Subject.DatabaseNotes(database),
                        statements,
                        List.of("written down so that it is known when the manifest does not ask for it any more")));
    }

    private OwnRecord written() {
        return new OwnRecord(new TreeMap<>(Map.of(
                ORIGIN, origin,
                SCHEMAS, OwnRecord.list(schemas),
                EXTENSIONS, OwnRecord.list(extensions))));
    }
}
