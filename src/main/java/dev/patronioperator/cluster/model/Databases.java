package dev.patronioperator.cluster.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.patronioperator.api.PostgresqlSpec;
import dev.patronioperator.api.PreparedDatabase;
import dev.patronioperator.api.PreparedSchema;
import dev.patronioperator.manifest.Given;
import dev.patronioperator.manifest.Identity;
import dev.patronioperator.manifest.PoolerChoice;
import dev.patronioperator.postgres.databases.PreparedDatabaseSpec;
import dev.patronioperator.postgres.pooling.LookupFunction;
import dev.patronioperator.settings.Settings;

/**
 * The databases a cluster shall have.
 *
 * @param owners databases with the role that owns them, prepared ones among them
 * @param prepared what prepared databases hold
 * @param lookup the function through which poolers look up verifiers, or looked them up while there were poolers
 * @param pooled whether there are poolers
 */
public record Databases(
        SortedMap<String, String> owners, List<PreparedDatabaseSpec> prepared, LookupFunction lookup, boolean pooled) {

    public Databases {
        owners = new TreeMap<>(owners);
        prepared = List.copyOf(prepared);
    }

    static Databases of(PostgresqlSpec spec, Settings settings, Identity identity) {
        var prepared = prepared(spec, identity);
        var owners = new TreeMap<String, String>();
        prepared.forEach(database -> owners.put(database.name(), database.owner()));
        // The section for databases counts where both name one.
        owners.putAll(Given.map(spec.databases()));
        return new Databases(
                owners,
                prepared,
                new LookupFunction(PoolerChoice.schema(spec, settings), PoolerChoice.user(spec, settings)),
                PoolerChoice.wanted(spec));
    }

    private static List<PreparedDatabaseSpec> prepared(PostgresqlSpec spec, Identity identity) {
        var all = new ArrayList<PreparedDatabaseSpec>();
        PreparedRoles.databases(spec, identity).forEach((name, database) -> all.add(prepared(name, database)));
        return all;
    }

    private static PreparedDatabaseSpec prepared(String name, PreparedDatabase database) {
        var schemas = new ArrayList<PreparedDatabaseSpec.Schema>();
        PreparedRoles.schemas(database).forEach((schema, of) -> schemas.add(schema(schema, of)));
        return new PreparedDatabaseSpec(
                name,
                Given.flag(database.defaultUsers(), false),
                schemas,
                new TreeMap<>(Given.map(database.extensions())));
    }

    private static PreparedDatabaseSpec.Schema schema(String name, PreparedSchema schema) {
        var roles = Given.flag(schema.defaultRoles(), true);
        return new PreparedDatabaseSpec.Schema(name, roles, roles && Given.flag(schema.defaultUsers(), false));
    }
}
