package dev.patronioperator.cluster.validate;

import java.util.Map;
import java.util.regex.Pattern;

import dev.patronioperator.api.PreparedDatabase;
import dev.patronioperator.api.PreparedSchema;
import dev.patronioperator.settings.parameters.KubernetesParameters;

/** Prepared databases: their names make the names of roles. */
final class PreparedDatabasesCheck implements SpecCheck {

    private static final Pattern EXTENSION = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_-]*");
    /** Versions are parts of file names; two hyphens separate them there. */
    private static final Pattern VERSION = Pattern.compile("(?!.*--)[a-zA-Z0-9._+]([-a-zA-Z0-9._+]*[a-zA-Z0-9._+])?");

    private static final Pattern SECRET_PART = Pattern.compile("[a-z][^A-Z]*");
    private static final Pattern SCHEMA_PART = Pattern.compile("[^A-Z]*");
    private static final String LONGEST_SUFFIX = "_writer_user";

    @Override
    public void check(Subject subject, Problems problems) {
        boolean elsewhere = subject.setting(KubernetesParameters.ENABLE_CROSS_NAMESPACE_SECRET);
        Absent.asEmpty(subject.spec().preparedDatabases()).forEach((name, database) -> {
            var field = "spec.preparedDatabases[" + name + "]";
            DatabasesCheck.identifier(field, name, problems);
            roleNames(field, name, problems);
            if (database != null) {
                credentials(field, name, database, problems);
                schemas(field, name, Absent.asEmpty(database.schemas()), problems);
                extensions(field, database, problems);
                if (elsewhere
                        && database.secretNamespace() != null
                        && !database.secretNamespace().isEmpty()) {
                    problems.dnsLabel(field + ".secretNamespace", database.secretNamespace());
                }
            }
        });
    }

    /** Users get Secrets that are named after them, and Kubernetes knows no capital letters. */
    private static void credentials(String field, String name, PreparedDatabase database, Problems problems) {
        boolean usersOfSchemas = Absent.asEmpty(database.schemas()).values().stream()
                .anyMatch(schema -> schema != null && Boolean.TRUE.equals(schema.defaultUsers()));
        if (Boolean.TRUE.equals(database.defaultUsers()) || usersOfSchemas) {
            problems.matches(
                    field,
                    name,
                    SECRET_PART,
                    "cannot name the Secrets of its users: a-z, 0-9 and _, starting with a letter");
        }
        Absent.asEmpty(database.schemas()).forEach((schema, details) -> {
            if (details != null && Boolean.TRUE.equals(details.defaultUsers())) {
                problems.matches(
                        field + ".schemas[" + schema + "]",
                        schema,
                        SCHEMA_PART,
                        "cannot name the Secrets of its users: a-z, 0-9 and _");
            }
        });
    }

    private static void schemas(String field, String database, Map<String, PreparedSchema> schemas, Problems problems) {
        schemas.keySet().forEach(schema -> {
            var at = field + ".schemas[" + schema + "]";
            DatabasesCheck.identifier(at, schema, problems);
            roleNames(at, database + "_" + schema, problems);
        });
    }

    private static void roleNames(String field, String prefix, Problems problems) {
        if (prefix.length() + LONGEST_SUFFIX.length() > Forms.IDENTIFIER_LIMIT) {
            problems.refuse(
                    field,
                    "makes names of roles such as " + prefix + LONGEST_SUFFIX
                            + " with more than the 63 characters PostgreSQL " + "keeps");
        }
    }

    private static void extensions(String field, PreparedDatabase database, Problems problems) {
        Absent.asEmpty(database.extensions()).forEach((extension, schema) -> {
            var at = field + ".extensions[" + extension + "]";
            problems.matches(
                    at,
                    extension,
                    EXTENSION,
                    "is no name of an extension: letters, digits, _ and -, not starting with a digit");
            if (problems.present(at, schema, "the schema the extension is created in")) {
                problems.matches(at, schema, Forms.DATABASE, Forms.DATABASE_FORM);
            }
        });
        Absent.asEmpty(database.extensionVersions()).forEach((extension, version) -> {
            var at = field + ".extensionVersions[" + extension + "]";
            if (!Absent.asEmpty(database.extensions()).containsKey(extension)) {
                problems.refuse(at, "is the version of an extension that is not in extensions");
            }
            if (problems.present(at, version, "the version the extension is to have")) {
                problems.matches(at, version, VERSION, "is no version: letters, digits, ., _, + and -");
            }
        });
    }
}
