package dev.patronioperator.nativeimage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The native image holds only what it was told of: a class that Jackson reaches by reflection, or a resource that is read at run time, must be named in what the
 * native build generates, or it fails in production only. The build runs up to that point without GraalVM; see docs/testing.md.
 */
@Tag("native")
class NativeReadinessIT {

    private static final Path SOURCES =
            Path.of(System.getenv().getOrDefault("PATRONI_OPERATOR_NATIVE_SOURCES", "target/native-sources"));

    @Test
    void everyPartOfTheCustomResourcesIsReachable() {
        var registered = registeredClasses();

        assertThat(partsOf("dev.patronioperator.api")).isNotEmpty().allSatisfy(part -> assertThat(registered)
                .as("reflection on " + part + "; @RegisterForReflection beside it registers it")
                .contains(part));
    }

    @Test
    void everyDefinitionThatTheOperatorInstallsIsInTheImage() throws IOException {
        var included = resourcePatterns();
        try (var definitions = Files.list(Path.of("src/main/kubernetes/crds"))) {
            assertThat(definitions
                            .map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".acid.zalan.do.yaml")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(included)
                            .as("resource crds/" + name + "; quarkus.native.resources.includes names it")
                            .anyMatch(pattern -> pattern.matcher("crds/" + name).find()));
        }
    }

    private static Set<String> partsOf(String root) {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(root).stream()
                        .filter(type -> type.isRecord() || type.isEnum() || isCustomResource(type))
                        .map(JavaClass::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isCustomResource(JavaClass type) {
        return type.isAssignableTo("io.fabric8.kubernetes.client.CustomResource");
    }

    private static Set<String> registeredClasses() {
        return configuration("reflect-config.json")
                .flatMap(JsonNode::valueStream)
                .map(entry -> entry.path("name").asText(entry.path("type").asText()))
                .collect(Collectors.toSet());
    }

    private static Set<Pattern> resourcePatterns() {
        return configuration("resource-config.json")
                .flatMap(config -> config.path("resources").findValuesAsText("pattern").stream())
                .map(Pattern::compile)
                .collect(Collectors.toSet());
    }

    /** Files of that name in the jar that the native compiler would be given. */
    private static Stream<JsonNode> configuration(String file) {
        try (var files = Files.walk(SOURCES)) {
            var jars = files.filter(path -> path.toString().endsWith("-runner.jar"))
                    .toList();
            assertThat(jars)
                    .as("the native build's sources in " + SOURCES + "; ./dev test --only native makes them")
                    .hasSize(1);
            try (var jar = new JarFile(jars.getFirst().toFile())) {
                return jar.stream()
                        .filter(entry -> entry.getName().startsWith("META-INF/native-image")
                                && entry.getName().endsWith(file))
                        .map(entry -> read(jar, entry.getName()))
                        .toList()
                        .stream();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(JarFile jar, String entry) {
        try (var stream = jar.getInputStream(jar.getEntry(entry))) {
            return Serialization.unmarshal(stream, JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
