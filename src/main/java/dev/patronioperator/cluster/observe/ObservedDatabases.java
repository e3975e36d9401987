package dev.patronioperator.cluster.observe;

import java.util.Map;
import java.util.Optional;

import dev.patronioperator.postgres.databases.DatabaseContents;
import dev.patronioperator.postgres.pooling.LookupFunction;
import dev.patronioperator.postgres.roles.RoleCatalog;

/**
 * The facts inside PostgreSQL at one moment.
 *
 * @param owners all databases with their owners
 * @param contents what is in those that are prepared
 * @param lookups the pooler's function in each database
 */
public record ObservedDatabases(
        RoleCatalog roles,
        Map<String, String> owners,
        Map<String, DatabaseContents> contents,
        Map<String, Optional<LookupFunction.State>> lookups) {

    public ObservedDatabases {
        owners = Map.copyOf(owners);
        contents = Map.copyOf(contents);
        lookups = Map.copyOf(lookups);
    }
}
