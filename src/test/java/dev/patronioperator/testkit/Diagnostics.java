package dev.patronioperator.testkit;

import java.util.List;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** What was in a namespace when a test failed: custom resources with their conditions, pods, claims, events, names of the rest. */
final class Diagnostics {

    private static final ResourceDefinitionContext CLUSTERS = new ResourceDefinitionContext.Builder()
            .withGroup("acid.zalan.do")
            .withVersion("v1")
            .withKind("postgresql")
            .withPlural("postgresqls")
            .withNamespaced(true)
            .build();

    private final KubernetesClient client;
    private final String namespace;

    Diagnostics(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** Shows up below the failure's own stack trace, in reports as on the console. */
    void attachTo(Throwable failure) {
        failure.addSuppressed(new Report(describe()));
    }

    private String describe() {
        try {
            return String.join(
                    "\n",
                    "state of namespace " + namespace + " at the time of the failure",
                    section("clusters", clusters()),
                    section(
                            "pods",
                            client.pods().inNamespace(namespace).list().getItems().stream()
                                    .map(Diagnostics::describe)
                                    .toList()),
                    section(
                            "claims",
                            client.persistentVolumeClaims().inNamespace(namespace).list().getItems().stream()
                                    .map(claim -> claim.getMetadata().getName() + " "
                                            + claim.getStatus().getPhase())
                                    .toList()),
                    section("other objects", others()),
                    section("events", events()));
        } catch (KubernetesClientException unreachable) {
            return "state of namespace " + namespace + " could not be read: " + unreachable.getMessage();
        }
    }

    private List<String> clusters() {
        return client.genericKubernetesResources(CLUSTERS).inNamespace(namespace).list().getItems().stream()
                .map(cluster -> cluster.getMetadata().getName() + " generation "
                        + cluster.getMetadata().getGeneration() + " status "
                        + client.getKubernetesSerialization()
                                .asYaml(status(cluster))
                                .indent(6))
                .toList();
    }

    private static Object status(GenericKubernetesResource cluster) {
        var status = cluster.getAdditionalProperties().get("status");
        return status == null ? "(none)" : status;
    }

    private static String describe(Pod pod) {
        return pod.getMetadata().getName() + " " + pod.getStatus().getPhase() + " labels "
                + pod.getMetadata().getLabels() + " "
                + pod.getStatus().getConditions().stream()
                        .filter(condition -> !"True".equals(condition.getStatus()))
                        .map(condition -> condition.getType() + "=False " + condition.getMessage())
                        .collect(Collectors.joining("; "))
                + pod.getStatus().getContainerStatuses().stream()
                        .filter(container -> container.getState().getWaiting() != null)
                        .map(container -> " " + container.getName() + ": "
                                + container.getState().getWaiting().getReason() + " "
                                + container.getState().getWaiting().getMessage())
                        .collect(Collectors.joining());
    }

    private List<String> others() {
        return List.of(
                "StatefulSets "
                        + names(client.apps()
                                .statefulSets()
                                .inNamespace(namespace)
                                .list()
                                .getItems()),
                "Services "
                        + names(client.services().inNamespace(namespace).list().getItems()),
                "Endpoints "
                        + names(client.endpoints().inNamespace(namespace).list().getItems()),
                "ConfigMaps "
                        + names(client.configMaps()
                                .inNamespace(namespace)
                                .list()
                                .getItems()),
                "Secrets "
                        + names(client.secrets().inNamespace(namespace).list().getItems().stream()
                                .map(Diagnostics::withoutContent)
                                .toList()));
    }

    private static Secret withoutContent(Secret secret) {
        secret.setData(null);
        return secret;
    }

    private static List<String> names(List<? extends io.fabric8.kubernetes.api.model.HasMetadata> objects) {
        return objects.stream()
                .map(object -> object.getMetadata().getName())
                .sorted()
                .toList();
    }

    private List<String> events() {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .map(Diagnostics::describe)
                .toList();
    }

    private static String describe(Event event) {
        return event.getType() + " " + event.getReason() + " "
                + event.getInvolvedObject().getKind() + "/"
                + event.getInvolvedObject().getName() + ": " + event.getMessage();
    }

    private static String section(String title, List<String> lines) {
        return "  " + title + (lines.isEmpty() ? ": none" : "\n    " + String.join("\n    ", lines));
    }

    /** Only its text matters. */
    private static final class Report extends Exception {
        Report(String text) {
            super(text, null, false, false);
        }
    }
}
