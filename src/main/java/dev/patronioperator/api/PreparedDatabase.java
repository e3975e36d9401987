package dev.patronioperator.api;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** One of {@code spec.preparedDatabases}: a database with owner, reader and writer roles, schemas and extensions. */
@ManifestPart
// spotless:off
public record PreparedDatabase(
        @JsonPropertyDescription("Schemas to create, by name. One schema named data when absent.")
        Map<String, PreparedSchema> schemas,

        @JsonPropertyDescription("True: login roles for owner, writer and reader of the database, with a Secret "
                + "each. Default false.")
        Boolean defaultUsers,

        @JsonPropertyDescription("Extensions to create: name to the schema it is created in.")
        Map<String, String> extensions,

        @JsonPropertyDescription("Versions of extensions named in extensions. An extension without one is created "
                + "in the default version of the image, and keeps the version it has.")
        Map<String, String> extensionVersions,

        @JsonPropertyDescription("Namespace for the Secrets of the login roles; needs "
                + "enable_cross_namespace_secret. The cluster's own when absent.")
        String secretNamespace) {}
// spotless:on
