package dev.patronioperator.cluster.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.patronioperator.api.PostgresqlSpec;
import dev.patronioperator.api.PreparedDatabase;
import dev.patronioperator.api.PreparedSchema;
import dev.patronioperator.manifest.Given;
import dev.patronioperator.manifest.Identity;
import dev.patronioperator.manifest.PoolerChoice;
import dev.patronioperator.postgres.databases.DatabaseRecord;
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

    /** What is to be known of databases later on, when the manifest may be another. */
    public SortedMap<String, DatabaseRecord> asked() {
        var asked = new TreeMap<String, DatabaseRecord>();
        owners.keySet()
                .forEach(name -> asked.put(name, new DatabaseRecord("manifest", new TreeSet<>(), new TreeSet<>())));
        prepared.forEach(database -> asked.put(
                database.name(),
                new DatabaseRecord(
                        "prepared_database",
                        database.schemas().stream()
                                .map(PreparedDatabaseSpec.Schema::name)
                                .collect(Collectors.toCollection(TreeSet::new)),
                        new TreeSet<>(database.extensions().keySet()))));
        return asked;
    }

    private static List<PreparedDatabaseSpec> prepared(PostgresqlSpec spec, Identity identity) {
        var all = new ArrayList<PreparedDatabaseSpec>();
        PreparedRoles.databases(spec, identity)
                .forEach((name, database) -> all.add(prepared(
                        name,
                        database,
                        Optional.ofNullable(Given.map(spec.databases()).get(name)))));
        return all;
    }

    private static PreparedDatabaseSpec prepared(String name, PreparedDatabase database, Optional<String> owner) {
        var schemas = new ArrayList<PreparedDatabaseSpec.Schema>();
        PreparedRoles.schemas(database).forEach((schema, of) -> schemas.add(schema(schema, of)));
        return new PreparedDatabaseSpec(
                name,
                owner.filter(other -> !other.equals(PreparedDatabaseSpec.owner(name)))
                        .isEmpty(),
                Given.flag(database.defaultUsers(), false),
                schemas,
                extensions(database));
    }

    private static SortedMap<String, PreparedDatabaseSpec.Extension> extensions(PreparedDatabase database) {
        var versions = Given.map(database.extensionVersions());
        var extensions = new TreeMap<String, PreparedDatabaseSpec.Extension>();
        Given.map(database.extensions())
                .forEach((name, schema) -> extensions.put(
                        name, new PreparedDatabaseSpec.Extension(schema, Given.text(versions.get(name)))));
        return extensions;
    }

    private static PreparedDatabaseSpec.Schema schema(String name, PreparedSchema schema) {
        var roles = Given.flag(schema.defaultRoles(), true);
        return new PreparedDatabaseSpec.Schema(name, roles, roles && Given.flag(schema.defaultUsers(), false));
    }
}
