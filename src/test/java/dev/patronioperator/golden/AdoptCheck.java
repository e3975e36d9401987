package dev.patronioperator.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;

import dev.patronioperator.testkit.ApiServer;
import dev.patronioperator.testkit.AuditLog;
import dev.patronioperator.testkit.OperatorIdentity;

/**
 * What {@code adopt --check -A} says of an installation to somebody who may read what {@code docs/samples/adopt-check-rbac.yaml} lets them read.
 *
 * @param requests what it asked the API server for
 */
record AdoptCheck(JsonNode report, List<AuditLog.Request> requests) {

    static AdoptCheck run(ApiServer kubernetes, String configuration) {
        var client = kubernetes.client();
        try (var sample = Files.newInputStream(Path.of("docs/samples/adopt-check-rbac.yaml"))) {
            var role = (ClusterRole) client.load(sample).items().getFirst();
            client.resource(role).serverSideApply();
            var reader = OperatorIdentity.withRole(
                    client, kubernetes.namespace(), role.getMetadata().getName());
            var log = kubernetes.auditLog();
            var program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-jar",
                            "target/quarkus-app/quarkus-run.jar",
                            "adopt",
                            "--check",
                            "-A",
                            "-o",
                            "json")
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            program.environment()
                    .putAll(Map.of(
                            "KUBECONFIG",
                            reader.kubeconfig().toString(),
                            "OPERATOR_NAMESPACE",
                            kubernetes.namespace(),
                            "POSTGRES_OPERATOR_CONFIGURATION_OBJECT",
                            configuration));
            var printed = new String(program.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            reader.revoke();
            return new AdoptCheck(
                    client.getKubernetesSerialization().unmarshal(printed, JsonNode.class),
                    log.requestsOf(reader.user()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
