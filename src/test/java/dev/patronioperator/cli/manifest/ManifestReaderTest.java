package dev.patronioperator.cli.manifest;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ManifestReaderTest {

    private static final String REST = "  teamId: acid\n  numberOfInstances: 2\n";

    private static final String HEAD =
            """
            apiVersion: acid.zalan.do/v1
            kind: postgresql
            metadata:
              name: orders
            spec:
              postgresql: {version: "17"}
              volume: {size: 1Gi}
            """;

    @Test
    void readsSeveralDocumentsWithAnchorsAndMergedKeys() {
        var read = read(
                """
                # a comment first
                ---
                apiVersion: acid.zalan.do/v1
                kind: postgresql
                metadata: {name: orders, namespace: shop}
                spec:
                  teamId: acid
                  numberOfInstances: 2
                  postgresql: {version: "17"}
                  volume: {size: 1Gi}
                  resources:
                    requests: &small {cpu: 100m, memory: 1Gi}
                    limits:
                      <<: *small
                      cpu: "2"
                ---
                ---
                {"apiVersion": "acid.zalan.do/v1", "kind": "postgresql", "metadata": {"name": "billing"},
                 "spec": {"teamId": "acid", "numberOfInstances": 1, "postgresql": {"version": "17"}, "volume": {"size": "1Gi"}}}
                """);

        assertThat(read.problems()).isEmpty();
        assertThat(read.manifests()).extracting(Manifest::name).containsExactly("orders", "billing");
        assertThat(read.manifests()).extracting(Manifest::namespace).containsExactly("shop", "desk");
        var limits =
                read.manifests().getFirst().resource().getSpec().resources().limits();
        assertThat(limits.memory()).isEqualTo("1Gi");
        assertThat(limits.cpu()).isEqualTo("2");
    }

    @Test
    void namesFileDocumentLineAndFieldOfEveryMistake() {
        var read = read(
                "kind: ConfigMap\n---\n" + HEAD
                        + """
                  numberOfInstances: two
                  patroni: {ttl: 30, tttl: 31}
                  users:
                    zalando: superuser
                  teamId: 7
                """);

        assertThat(read.manifests()).isEmpty();
        assertThat(read.problems())
                .extracting(ManifestProblem::toString)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .isEqualTo(
                                        "standard input document 2 line 10: spec.numberOfInstances: must be a whole number, not \"two\""),
                        second -> assertThat(second)
                                .startsWith(
                                        "standard input document 2 line 11: spec.patroni.tttl: is not known; known are ")
                                .contains("ttl"),
                        third -> assertThat(third)
                                .isEqualTo(
                                        "standard input document 2 line 13: spec.users.zalando: must be a list, not \"superuser\""),
                        fourth -> assertThat(fourth)
                                .contains("line 14: spec.teamId: must be text (put it into quotes), not \"7\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "logicalBackupSchedule: 7|spec.logicalBackupSchedule|must be text",
                "additionalVolumes: [{name: x}]|spec.additionalVolumes[0].mountPath|is missing",
                "patroni: {ttl: 1.5}|spec.patroni.ttl|must be a whole number",
                "enableShmVolume: maybe|spec.enableShmVolume|must be true or false",
                "tolerations: {key: x}|spec.tolerations|must be a list, not fields",
                "patroni: []|spec.patroni|must hold fields, not a list",
                "connectionPooler: {mode: fast}|spec.connectionPooler.mode|must be one of session, transaction",
                "resources: {limits: {memory: lots}}|spec.resources.limits.memory|must look like",
                "teamId: again|spec.teamId|is there twice"
            })
    void saysWhatIsAllowed(String line, String field, String message) {
        var read = read(HEAD + REST + "  " + line + "\n");
        assertThat(read.problems()).anySatisfy(problem -> {
            assertThat(problem.field()).isEqualTo(field);
            assertThat(problem.message()).startsWith(message);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [", "a: b: c", "\ta: 1", "key: *nowhere"})
    void brokenYamlIsAMistakeWithALine(String text) {
        assertThat(read(text).problems()).singleElement().satisfies(problem -> assertThat(problem.toString())
                .startsWith("standard input document 1 line ")
                .contains("is no YAML"));
    }

    @Test
    void documentsBeforeABrokenOneAreRead() {
        var read = read(HEAD + REST + "---\na: [\n");
        assertThat(read.manifests()).hasSize(1);
        assertThat(read.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.origin().document()).isEqualTo(2));
    }

    @Test
    void manifestWithoutANameOrOfAnotherVersionIsAMistake() {
        assertThat(read("apiVersion: acid.zalan.do/v1\nkind: postgresql\nspec: {teamId: acid}\n")
                        .problems())
                .extracting(ManifestProblem::field)
                .contains("metadata.name");
        assertThat(read("apiVersion: v1\nkind: postgresql\n").problems())
                .extracting(ManifestProblem::message)
                .containsExactly("must be acid.zalan.do/v1, not \"v1\"");
    }

    private static Manifests read(String text) {
        return ManifestReader.read(
                List.of("-"),
                new ObjectMapper(),
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                "desk");
    }
}
