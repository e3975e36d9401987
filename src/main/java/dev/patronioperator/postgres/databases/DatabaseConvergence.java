package dev.patronioperator.postgres.databases;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import dev.patronioperator.sql.Sql;
import dev.patronioperator.sql.SqlChange;

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
                changes.add(change(database, "CREATE DATABASE ? OWNER ?", owner, "does not exist"));
            } else if (!present.equals(owner)) {
                changes.add(
                        change(database, "ALTER DATABASE ? OWNER TO ?", owner, "owner: " + present + " -> " + owner));
            }
        });
        return changes;
    }

    private static SqlChange change(String database, String template, String owner, String because) {
        return SqlChange.of(
                DATABASE,
                "database " + database,
                List.of(Sql.of(template, Sql.name(database), Sql.name(owner))),
                List.of(because));
    }
}
