package dev.patronioperator.api;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;

import dev.patronioperator.settings.parameters.ConfigurationSchema;
import dev.patronioperator.testkit.crd.CrdGeneration;
import dev.patronioperator.testkit.crd.SchemaRefinements;

/** The definitions of our custom resources, as they are committed. */
public final class Definitions {

    private static final List<String> FLAGS =
            List.of("bypassrls", "createdb", "createrole", "inherit", "login", "replication", "superuser");

    private Definitions() {}

    public static CustomResourceDefinition postgresql() {
        return CrdGeneration.of(
                Postgresql.class,
                SchemaRefinements.none()
                        .required("", "spec")
                        .allow("spec.postgresql.version", versions())
                        .allow("spec.connectionPooler.mode", Stream.of("session", "transaction"))
                        .allow("spec.users{}[]", flags())
                        .nullable("spec.users{}")
                        .format("spec.clone.uid", "uuid")
                        .anyObject("spec.additionalVolumes[].volumeSource")
                        // Several controllers write conditions, each its own ones.
                        .at("status.conditions", conditions -> {
                            conditions.setXKubernetesListType("map");
                            conditions.setXKubernetesListMapKeys(List.of("type"));
                        }));
    }

    public static CustomResourceDefinition postgresTeam() {
        return CrdGeneration.of(PostgresTeam.class, SchemaRefinements.none().required("", "spec"));
    }

    /** What stands below {@code configuration} is made from the catalogue of parameters, not from a Java type. */
    public static CustomResourceDefinition operatorConfiguration() {
        var crd = CrdGeneration.of(
                OperatorConfiguration.class, SchemaRefinements.none().required("", "metadata", "configuration"));
        var properties = crd.getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema()
                .getProperties();
        properties.remove("spec");
        properties.put("configuration", ConfigurationSchema.ofCatalogue());
        return crd;
    }

    /** All that any release from v1.8 on accepted. Whether the image and the operator configuration can run one is judged later. */
    private static Stream<String> versions() {
        return Stream.concat(
                Stream.of("9.5", "9.6"), IntStream.rangeClosed(10, 18).mapToObj(Integer::toString));
    }

    private static Stream<String> flags() {
        return FLAGS.stream()
                .flatMap(flag -> Stream.of(flag, "no" + flag))
                .flatMap(flag -> Stream.of(flag, flag.toUpperCase(Locale.ROOT)));
    }
}
