package dev.patronioperator.postgres.session;

import java.util.Map;

import dev.patronioperator.sql.SqlChange;
import dev.patronioperator.sql.Subject;

/**
 * What a person can do about a statement that the server has refused, by its SQLSTATE.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL Error Codes</a>
 */
public final class FailureAdvice {

    private static final String MISSING_FILES =
            "Use an image that has the files of this extension in this version, or correct the manifest";
    private static final String NO_VERSION =
            "See which versions the image has and what leads to them: SELECT * FROM pg_extension_update_paths(NAME)";
    private static final String PASSES = "This may pass by itself";

    private static final Map<String, String> BY_STATE = Map.ofEntries(
            Map.entry("42P01", "Create the table, or correct its name in the manifest"),
            Map.entry("3F000", "Name the schema in the manifest, or create it"),
            Map.entry("3D000", "Name the database in the manifest, or create it"),
            Map.entry("42704", "Create what it names, or correct the manifest"),
            Map.entry("42710", "Somebody else has made one of this name: drop it, or choose another name"),
            Map.entry("42P04", "Somebody else has made one of this name: drop it, or choose another name"),
            Map.entry("42P06", "Somebody else has made one of this name: drop it, or choose another name"),
            Map.entry("42501", "Somebody else owns what it is about: give it to the role that the manifest names"),
            Map.entry("42939", "PostgreSQL keeps this name for itself: choose another"),
            Map.entry("22023", "This server does not take the value: correct the manifest"),
            Map.entry("42602", "PostgreSQL does not take this name: choose another"),
            Map.entry("2BP01", "Something depends on it: see the server's log, and remove that first"),
            Map.entry("0LP01", "Two roles cannot be members of each other: correct the manifest"),
            Map.entry("55006", "Somebody uses it: end those sessions (pg_stat_activity)"),
            Map.entry("55P03", "Somebody holds a lock on it: see pg_locks"),
            Map.entry("57014", "It takes longer than it may: see in pg_stat_activity what it waits for"),
            Map.entry("40P01", PASSES),
            Map.entry("40001", PASSES),
            Map.entry("25006", PASSES),
            Map.entry("53100", "The volume is full: grow it"),
            Map.entry("53200", "The server is out of memory: give it more"),
            Map.entry("53300", "All connections are taken: close some, or raise max_connections"));

    private static final Map<String, String> OF_EXTENSIONS =
            Map.of("0A000", MISSING_FILES, "58P01", MISSING_FILES, "22023", NO_VERSION, "42704", MISSING_FILES);

    private FailureAdvice() {}

    public static String of(SqlChange change, SqlFailure failure) {
        var general = BY_STATE.getOrDefault(failure.sqlState(), "Correct the manifest, or what is in the database");
        return change.about() instanceof Subject.Extension
                ? OF_EXTENSIONS.getOrDefault(failure.sqlState(), general)
                : general;
    }
}
