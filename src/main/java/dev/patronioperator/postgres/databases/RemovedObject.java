package dev.patronioperator.postgres.databases;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A database, or something in one, that a manifest asked for once and that nothing asks for any more. It stays: it may hold data.
 *
 * @param kind what it is
 * @param database it, or the one that it is in
 * @param name its own
 */
public record RemovedObject(Kind kind, String database, String name) {

    /** What can be removed from a manifest. */
    public enum Kind {
        DATABASE("Database"),
        SCHEMA("Schema"),
        EXTENSION("Extension");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As a status says it. */
        public String word() {
            return word;
        }
    }

    /**
     * Those of a server.
     *
     * @param asked what the manifest asks for
     * @param records of all databases that there are
     * @param contents of those that were looked into
     */
    public static List<RemovedObject> of(
            SortedMap<String, DatabaseRecord> asked,
            Map<String, DatabaseRecord> records,
            Map<String, DatabaseContents> contents) {
        var removed = new ArrayList<RemovedObject>();
        new TreeMap<>(records).forEach((database, record) -> {
            var now = asked.get(database);
            var found = contents.get(database);
            if (now == null && !record.origin().isEmpty()) {
                removed.add(new RemovedObject(Kind.DATABASE, database, database));
            } else if (now != null && found != null) {
                left(record.schemas(), now.schemas(), found.schemas().keySet())
                        .forEach(name -> removed.add(new RemovedObject(Kind.SCHEMA, database, name)));
                left(record.extensions(), now.extensions(), found.extensions().keySet())
                        .forEach(name -> removed.add(new RemovedObject(Kind.EXTENSION, database, name)));
            }
        });
        return removed;
    }

    private static SortedSet<String> left(Set<String> recorded, Set<String> asked, Set<String> found) {
        var left = new TreeSet<>(recorded);
        left.removeAll(asked);
        left.retainAll(found);
        return left;
    }
}
