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
 * @param records what is written down in each of them of what manifests asked for
 * @param insides what was found in each of them
 * @param slots the replication slots for logical decoding, each with its database
 */
public record ObservedDatabases(
        RoleCatalog roles,
        Map<String, String> owners,
        Set<String> closed,
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

    public ObservedDatabases {
        owners = Map.copyOf(owners);
        closed = Set.copyOf(closed);
        records = Map.copyOf(records);
        insides = Map.copyOf(insides);
        slots = Map.copyOf(slots);
    }

    /** What is in those databases that were looked into, by their names. */
    public SortedMap<String, DatabaseContents> contents() {
        var contents = new TreeMap<String, DatabaseContents>();
        insides.forEach((database, inside) -> inside.contents().ifPresent(of -> contents.put(database, of)));
        return contents;
    }
}
