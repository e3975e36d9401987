package dev.patronioperator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PlanCommandTest {

    @TempDir
    Path directory;

    private final FakePlanning planning = new FakePlanning();

    @ParameterizedTest
    @CsvSource({"settled-a, 0", "orders, 2", "refused-a, 1", "forbidden-a, 1", "unreachable-a, 1"})
    void exitCodeTellsWhatThePlanCameTo(String name, int exitCode) throws IOException {
        assertThat(run(file("a.yaml", manifest(name))).exitCode()).isEqualTo(exitCode);
    }

    @Test
    void worstOfSeveralManifestsCounts() throws IOException {
        var settled = file("a.yaml", manifest("settled-a"));
        var changing = file("b.yaml", manifest("orders"));
        var refused = file("c.yaml", manifest("refused-a"));

        assertThat(run(settled, changing).exitCode()).isEqualTo(2);
        assertThat(run(settled, changing, refused).exitCode()).isEqualTo(1);
        assertThat(planning.planned).contains("desk/settled-a", "desk/orders", "desk/refused-a");
    }

    @Test
    void textNamesClusterImpactStepsAndReasons() throws IOException {
        var run = run(file("a.yaml", manifest("orders")));

        assertThat(run.out())
                .startsWith("postgresql desk/orders: 1 step, impact NONE\n")
                .contains("Apply Service orders", "spec.resources.limits.memory: 2Gi -> 4Gi")
                .contains("warning: spec.useLoadBalancer: is deprecated");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void refusalListsAllProblems() throws IOException {
        assertThat(run(file("a.yaml", manifest("refused-a"))).out())
                .contains(
                        "postgresql desk/refused-a: refused",
                        "spec.volume.size: cannot shrink",
                        "spec.teamId: is missing");
    }

    @Test
    void jsonHoldsTheWholePlan() throws IOException {
        var run = with(planning, "plan", "-f", file("a.yaml", manifest("orders")), "-o", "json");

        var cluster = new ObjectMapper().readTree(run.out()).at("/clusters/0");
        assertThat(cluster.path("name").asText()).isEqualTo("orders");
        assertThat(cluster.path("changes").asBoolean()).isTrue();
        assertThat(cluster.at("/steps/0/reasons/0/code").asText()).isEqualTo("MANIFEST");
        assertThat(cluster.at("/steps/0/reasons/0/field").asText()).isEqualTo("spec.resources.limits.memory");
        assertThat(cluster.at("/steps/0/reasons/0/after").asText()).isEqualTo("4Gi");
    }

    @Test
    void yamlHoldsProblemsOfFilesToo() throws IOException {
        var run = with(
                planning,
                "plan",
                "-f",
                file("a.yaml", manifest("orders") + "  maintenanceWindows: always\n"),
                "-o",
                "yaml");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("clusters: []", "field: spec.maintenanceWindows", "line: 10");
    }

    @Test
    void objectsAreYamlDocumentsThatKubectlTakes() throws IOException {
        var run = with(planning, "plan", "-f", file("a.yaml", manifest("orders")), "-o", "objects");
        assertThat(run.out())
                .isEqualTo(
                        """
                ---
                apiVersion: v1
                kind: Service
                metadata:
                  name: orders
                """);
    }

    @Test
    void namespaceOfTheManifestWinsOverTheOption() throws IOException {
        var said = manifest("orders").replace("name: orders", "name: orders\n  namespace: said");
        with(planning, "plan", "-n", "option", "-f", file("a.yaml", said), "-f", file("b.yaml", manifest("billing")));
        assertThat(planning.planned).containsExactly("said/orders", "option/billing");
    }

    @Test
    void otherKindsAreSkippedWithANotice() throws IOException {
        var run = run(file("a.yaml", "kind: Secret\n---\n" + manifest("settled-a")));
        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .isEqualToIgnoringNewLines(
                        "skipped: " + directory.resolve("a.yaml") + " document 1 line 1: Secret is not a postgresql");
    }

    @Test
    void filesWithoutAnyManifestAreAnError() throws IOException {
        var run = run(file("a.yaml", "kind: Secret\n"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("error: there is no manifest of a postgresql in");
    }

    @Test
    void missingFileIsAnErrorOnOneLine() {
        var run = run(directory.resolve("absent.yaml").toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("error: ", "absent.yaml", "there is no such file")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plan|Missing required option: '--filename=FILE'",
                "plan -f a -o xml|expected one of [text, json, yaml, objects]",
                "plan -f a --force|Unknown option: '--force'",
                "plann|Unmatched argument at index 0: 'plann'"
            })
    void wrongArgumentsAreAnErrorThatPointsToTheHelp(String arguments, String message) {
        var run = with(planning, arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("error: ").contains(message).contains("--help' for usage.");
        assertThat(run.out()).isEmpty();
    }

    private CommandLineRun run(String... files) {
        var arguments = new java.util.ArrayList<String>(java.util.List.of("plan"));
        for (var file : files) {
            arguments.add("-f");
            arguments.add(file);
        }
        return with(planning, arguments.toArray(String[]::new));
    }

    private static CommandLineRun with(Planning planning, String... arguments) {
        return CommandLineRun.with(planning, arguments);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    private static String manifest(String name) {
        return """
                apiVersion: acid.zalan.do/v1
                kind: postgresql
                metadata:
                  name: %s
                spec:
                  teamId: acid
                  numberOfInstances: 2
                  volume: {size: 1Gi}
                  postgresql: {version: "17"}
                """
                .formatted(name);
    }
}
