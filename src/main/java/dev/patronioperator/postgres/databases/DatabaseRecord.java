package dev.patronioperator.postgres.databases;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.patronioperator.postgres.roles.SettingList;
import dev.patronioperator.sql.Sql;
import dev.patronioperator.sql.SqlChange;

/**
 * What manifests have asked for in a database. It stands in the database as parameters of a class of their own, which mean nothing to
 * PostgreSQL: it goes with the database, and it is there after the operator has been restarted or replaced. It is written before what it
 * tells of is made, and tells of it until that is gone.
 *
 * @param origin why the database was asked for; empty for one that never was
 */
public record DatabaseRecord(String origin, SortedSet<String> schemas, SortedSet<String> extensions) {

    /** Of a database that no manifest ever asked for. */
    public static final DatabaseRecord NOTHING = new DatabaseRecord("", new TreeSet<>(), new TreeSet<>());

    private static final String DATABASE = "postgres";
    private static final String CLASS = "patroni_operator";
    private static final String ORIGIN = "origin";
    private static final String SCHEMAS = "schemas";
    private static final String EXTENSIONS = "extensions";

    public DatabaseRecord {
        schemas = Collections.unmodifiableSortedSet(new TreeSet<>(schemas));
        extensions = Collections.unmodifiableSortedSet(new TreeSet<>(extensions));
    }

    /**
     * Reads the record from among all parameters of a database.
     *
     * @param parameters as {@code name=value}
     */
    public static DatabaseRecord read(Collection<String> parameters) {
        var own = new TreeMap<String, String>();
        for (var parameter : parameters) {
            var equals = parameter.indexOf('=');
            if (equals > 0 && parameter.startsWith(CLASS + ".")) {
                own.put(parameter.substring(CLASS.length() + 1, equals), parameter.substring(equals + 1));
            }
        }
        return new DatabaseRecord(own.getOrDefault(ORIGIN, ""), names(own.get(SCHEMAS)), names(own.get(EXTENSIONS)));
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
        var old = before.parameters();
        var now = after.parameters();
        var names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        names.removeIf(name -> now.getOrDefault(name, "").equals(old.getOrDefault(name, "")));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(SqlChange.of(
                        DATABASE,
                        "record of database " + database,
                        names.stream()
                                .map(name -> statement(database, name, Optional.ofNullable(now.get(name))))
                                .toList(),
                        List.of("written down so that it is known when the manifest does not ask for it any more")));
    }

    private static Sql statement(String database, String parameter, Optional<String> value) {
        return value.map(text -> Sql.of(
                        "ALTER DATABASE ? SET ? TO ?", Sql.name(database), Sql.name(CLASS, parameter), Sql.value(text)))
                .orElseGet(() -> Sql.of("ALTER DATABASE ? RESET ?", Sql.name(database), Sql.name(CLASS, parameter)));
    }

    private SortedMap<String, String> parameters() {
        var parameters = new TreeMap<String, String>();
        parameters.put(ORIGIN, origin);
        parameters.put(SCHEMAS, text(schemas));
        parameters.put(EXTENSIONS, text(extensions));
        parameters.values().removeIf(String::isEmpty);
        return parameters;
    }

    private static String text(Set<String> names) {
        return new SettingList(List.copyOf(names)).text();
    }

    private static SortedSet<String> names(String text) {
        return text == null
                ? new TreeSet<>()
                : new TreeSet<>(SettingList.parse(text).names());
    }
}
