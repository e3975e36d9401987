package dev.patronioperator.cluster.validate;

import java.util.Map;
import java.util.regex.Pattern;

import dev.patronioperator.api.PreparedDatabase;
import dev.patronioperator.api.PreparedSchema;
import dev.patronioperator.settings.parameters.KubernetesParameters;

/** Prepared databases: their names make the names of roles. */
final class PreparedDatabasesCheck implements SpecCheck {

    private static final Pattern EXTENSION = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_-]*");
    private static final String LONGEST_SUFFIX = "_writer_user";

    @Override
    public void check(Subject subject, Problems problems) {
        boolean elsewhere = subject.setting(KubernetesParameters.ENABLE_CROSS_NAMESPACE_SECRET);
        Absent.asEmpty(subject.spec().preparedDatabases()).forEach((name, database) -> {
            var field = "spec.preparedDatabases[" + name + "]";
            DatabasesCheck.identifier(field, name, problems);
            roleNames(field, name, problems);
            if (database != null) {
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
    }
}
