package dev.patronioperator.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.RuleWithOperationsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** A mutating admission webhook for pods and workloads of one namespace, served by this JVM. */
public final class MutatingWebhook implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> TREE = new TypeReference<>() {};

    private final KubernetesClient client;
    private final String name;
    private final HttpsServer server;
    private final Consumer<Map<String, Object>> change;

    /**
     * @param change what it does to an object; has to leave an object alone that it has changed before
     */
    MutatingWebhook(KubernetesClient client, String namespace, Consumer<Map<String, Object>> change) {
        this.client = client;
        this.name = "testkit-" + namespace;
        this.change = change;
        try {
            var directory = Files.createTempDirectory("webhook");
            var identity = SelfSigned.in(directory, "localhost");
            server = HttpsServer.create(new InetSocketAddress("localhost", 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(identity.serverContext()));
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", this::review);
            server.start();
            register(namespace, identity.pem());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(name)
                .delete();
        server.stop(0);
    }

    private void register(String namespace, Path certificate) throws IOException {
        var rules =
                new ArrayList<>(List.of(rule("", "pods"), rule("apps", "statefulsets"), rule("apps", "deployments")));
        rules.add(rule("batch", "cronjobs"));
        client.resource(new MutatingWebhookConfigurationBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .addNewWebhook()
                        .withName("mesh.example.com")
                        .withNewClientConfig()
                        .withUrl("https://localhost:" + server.getAddress().getPort() + "/")
                        .withCaBundle(Base64.getEncoder().encodeToString(Files.readAllBytes(certificate)))
                        .endClientConfig()
                        .withNewNamespaceSelector()
                        .addToMatchLabels("kubernetes.io/metadata.name", namespace)
                        .endNamespaceSelector()
                        .withRules(rules)
                        .withSideEffects("None")
                        .withAdmissionReviewVersions("v1")
                        .endWebhook()
                        .build())
                .create();
    }

    private static io.fabric8.kubernetes.api.model.admissionregistration.v1.RuleWithOperations rule(
            String group, String resource) {
        return new RuleWithOperationsBuilder()
                .withApiGroups(group)
                .withApiVersions("v1")
                .withOperations("CREATE", "UPDATE")
                .withResources(resource)
                .build();
    }

    private void review(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody()).path("request");
            Map<String, Object> object = JSON.convertValue(request.path("object"), TREE);
            change.accept(object);
            var patch = new ArrayList<Map<String, Object>>();
            for (var part : List.of("metadata", "spec")) {
                patch.add(Map.of("op", "replace", "path", "/" + part, "value", object.get(part)));
            }
            var answer = JSON.writeValueAsBytes(Map.of(
                    "apiVersion",
                    "admission.k8s.io/v1",
                    "kind",
                    "AdmissionReview",
                    "response",
                    Map.of(
                            "uid",
                            request.path("uid").asText(),
                            "allowed",
                            true,
                            "patchType",
                            "JSONPatch",
                            "patch",
                            Base64.getEncoder().encodeToString(JSON.writeValueAsBytes(patch)))));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }
}
