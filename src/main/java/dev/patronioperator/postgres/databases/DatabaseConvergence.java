package dev.patronioperator.postgres.databases;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import dev.patronioperator.sql.Sql;
import dev.patronioperator.sql.SqlChange;
import dev.patronioperator.sql.Subject;

/** The changes that make the wanted databases exist with their owners. Pure. Others are left alone. */
public final class DatabaseConvergence {

    private static final String DATABASE = "postgres";

    private DatabaseConvergence() {}

    /**
     * @param wanted databases with their owners
     * @param found all databases of the server with their owners
     */
    public static List<SqlChange> plan(SortedMap<String, String> wanted, Map<String, String> found) {
        var changes = new ArrayList<SqlChange>();
        wanted.forEach((database, owner) -> {
            var present = found.get(database);
            if (present == null) {
                var create = Sql.of("CREATE DATABASE ? OWNER ?", Sql.name(database), Sql.name(owner));
                changes.add(change(database, create, "does not exist"));
            } else if (!present.equals(owner)) {
                var alter = Sql.of("ALTER DATABASE ? OWNER TO ?", Sql.name(database), Sql.name(owner));
                changes.add(change(database, alter, "owner: " + present + " -> " + owner));
            }
        });
        return changes;
    }

    private static SqlChange change(String database, Sql statement, String because) {
        return SqlChange.of(DATABASE, new Subject.Database(database), List.of(statement), List.of(because));
    }
}
