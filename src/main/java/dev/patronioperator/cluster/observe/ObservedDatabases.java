package dev.patronioperator.cluster.observe;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.patronioperator.postgres.databases.DatabaseContents;
import dev.patronioperator.postgres.databases.DatabaseRecord;
import dev.patronioperator.postgres.pooling.LookupFunction;
import dev.patronioperator.postgres.roles.RoleCatalog;
import dev.patronioperator.postgres.streams.PublicationState;

/**
 * The facts inside PostgreSQL at one moment.
 *
 * @param owners all databases that take connections, with their owners
 * @param closed databases that take none, so that nothing is known of what is in them
 * @param silent databases that should take them and did not let anybody look, each with why; nothing is known of what is in them either
 * @param records what is written down in each of them of what manifests asked for
 * @param insides what was found in each of them
 * @param slots the replication slots for logical decoding, each with its database
 */
public record ObservedDatabases(
        RoleCatalog roles,
        Map<String, String> owners,
        Set<String> closed,
        Map<String, String> silent,
        Map<String, DatabaseRecord> records,
        Map<String, Inside> insides,
        Map<String, String> slots) {

    /**
     * What was found in a database.
     *
     * @param contents only looked at where the database is prepared, or was
     * @param lookups functions like the pooler's, in whatever schema
     * @param publications those that can be of event streams
     */
    public record Inside(
            Optional<DatabaseContents> contents,
            List<LookupFunction.State> lookups,
            List<PublicationState> publications) {
        public Inside {
            lookups = List.copyOf(lookups);
            publications = List.copyOf(publications);
        }
    }

    /** Why nobody can look into a database that is there, and what a person can do. */
    public record Hidden(String problem, String remedy) {}

    public ObservedDatabases {
        owners = Map.copyOf(owners);
        closed = Set.copyOf(closed);
        silent = Map.copyOf(silent);
        records = Map.copyOf(records);
        insides = Map.copyOf(insides);
        slots = Map.copyOf(slots);
    }

    public Optional<Hidden> hidden(String database) {
        return closed.contains(database)
                ? Optional.of(
                        new Hidden("takes no connections", "Allow them with ALTER DATABASE ALLOW_CONNECTIONS true"))
                : Optional.ofNullable(silent.get(database))
                        .map(because -> new Hidden(
                                "cannot be looked into: " + because,
                                "Correct what is set for it, or what pg_hba.conf says of it"));
    }

    /** What is in those databases that were looked into, by their names. */
    public SortedMap<String, DatabaseContents> contents() {
        var contents = new TreeMap<String, DatabaseContents>();
        insides.forEach((database, inside) -> inside.contents().ifPresent(of -> contents.put(database, of)));
        return contents;
    }
}
