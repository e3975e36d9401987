package dev.patronioperator.cluster.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.patronioperator.api.PostgresqlSpec;
import dev.patronioperator.api.PreparedDatabase;
import dev.patronioperator.api.PreparedSchema;
import dev.patronioperator.manifest.Given;
import dev.patronioperator.manifest.Identity;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.KubernetesParameters;

/**
 * The roles of prepared databases: for the database and for each of its schemas an owner, a writer and a reader, and where asked for a login role for each of
 * them.
 */
final class PreparedRoles {

    private static final String DATABASE_ADMIN = "admin";
    private static final PreparedSchema DEFAULT_SCHEMA = new PreparedSchema(null, null);

    private final List<DatabaseRole> roles = new ArrayList<>();
    private final String secretNamespace;

    private PreparedRoles(String secretNamespace) {
        this.secretNamespace = secretNamespace;
    }

    static List<DatabaseRole> of(PostgresqlSpec spec, Settings settings, Identity identity) {
        var all = new ArrayList<DatabaseRole>();
        databases(spec, identity).forEach((name, database) -> {
            var elsewhere = Given.text(database.secretNamespace())
                    .filter(namespace -> settings.get(KubernetesParameters.ENABLE_CROSS_NAMESPACE_SECRET));
            var prepared = new PreparedRoles(elsewhere.orElse(identity.namespace()));
            prepared.addDatabase(name, database);
            all.addAll(prepared.roles);
        });
        return all;
    }

    /** An empty map stands for one database that is called like the cluster. */
    static SortedMap<String, PreparedDatabase> databases(PostgresqlSpec spec, Identity identity) {
        var databases = new TreeMap<String, PreparedDatabase>();
        var nothing = new PreparedDatabase(null, null, null, null, null);
        if (spec.preparedDatabases() != null && spec.preparedDatabases().isEmpty()) {
            databases.put(identity.name().replace('-', '_'), nothing);
        }
        Given.map(spec.preparedDatabases())
                .forEach((name, database) -> databases.put(name, database == null ? nothing : database));
        return databases;
    }

    private void addDatabase(String name, PreparedDatabase database) {
        var schemas = schemas(database);
        addLevel(
                name,
                DATABASE_ADMIN,
                searchPath(schemas.keySet().stream().toList()),
                Given.flag(database.defaultUsers(), false));
        schemas.forEach((schemaName, schema) -> {
            if (Given.flag(schema.defaultRoles(), true)) {
                addLevel(
                        name + "_" + schemaName,
                        name + "_owner",
                        searchPath(List.of(schemaName)),
                        Given.flag(schema.defaultUsers(), false));
            }
        });
    }

    /** A database without schemas has one called data. */
    static SortedMap<String, PreparedSchema> schemas(PreparedDatabase database) {
        var schemas = new TreeMap<String, PreparedSchema>();
        Given.map(database.schemas())
                .forEach((name, schema) -> schemas.put(name, schema == null ? DEFAULT_SCHEMA : schema));
        if (schemas.isEmpty()) {
            schemas.put("data", DEFAULT_SCHEMA);
        }
        return schemas;
    }

    private void addLevel(String prefix, String admin, Map<String, String> parameters, boolean users) {
        var owner = prefix + "_owner";
        var reader = prefix + "_reader";
        var writer = prefix + "_writer";
        roles.add(role(owner, parameters)
                .administeredBy(Optional.of(admin))
                .owningDatabase(true)
                .group());
        roles.add(role(reader, parameters).administeredBy(Optional.of(owner)).group());
        roles.add(role(writer, parameters)
                .administeredBy(Optional.of(owner))
                .memberOf(List.of(reader))
                .group());
        if (users) {
            roles.add(role(owner + "_user", parameters)
                    .administeredBy(Optional.of(admin))
                    .memberOf(List.of(owner))
                    .owningDatabase(true));
            for (var group : List.of(reader, writer)) {
                roles.add(role(group + "_user", parameters)
                        .administeredBy(Optional.of(owner))
                        .memberOf(List.of(group)));
            }
        }
    }

    private DatabaseRole role(String name, Map<String, String> parameters) {
        return DatabaseRole.of(name, RoleOrigin.PREPARED_DATABASE, List.of(), secretNamespace)
                .with(parameters);
    }

    private static Map<String, String> searchPath(List<String> schemas) {
        return Map.of(
                "search_path",
                schemas.stream()
                        .map(schema -> ", \"" + schema + "\"")
                        .collect(Collectors.joining("", "\"$user\"", "")));
    }
}
