package dev.patronioperator.testkit;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionStatus;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.awaitility.Awaitility;

/**
 * The Kubernetes of a test run, with what an administrator installs before the operator: custom resource definitions and roles. Ends what it started.
 *
 * @param stopsWithTests whether this run started it
 */
record SharedKubernetes(LocalKubernetes instance, KubernetesClient client, boolean stopsWithTests)
        implements AutoCloseable {

    /** An API server that shares two processors with hundreds of clusters may take longer than the client would wait. */
    private static final int PATIENCE_MILLIS = 60_000;

    static SharedKubernetes running(Path kubeconfig) {
        return install(LocalKubernetes.at(kubeconfig), false);
    }

    static SharedKubernetes startedFor(String name, LocalKubernetes.Mode mode) {
        return install(LocalKubernetes.up(name, mode), true);
    }

    private static SharedKubernetes install(LocalKubernetes instance, boolean stopsWithTests) {
        var config = Config.fromKubeconfig(instance.kubeconfig().toFile());
        config.setRequestTimeout(PATIENCE_MILLIS);
        var client = new KubernetesClientBuilder().withConfig(config).build();
        Manifests.installation().stream()
                .filter(object -> !object.getKind().equals("Deployment"))
                .sorted(Comparator.comparing(object -> !object.getKind().equals("Namespace")))
                .forEach(object -> client.resource(object)
                        .fieldManager("testkit")
                        .forceConflicts()
                        .serverSideApply());
        Manifests.installation().stream()
                .filter(CustomResourceDefinition.class::isInstance)
                .forEach(definition -> awaitEstablished(client, definition));
        return new SharedKubernetes(instance, client, stopsWithTests);
    }

    private static void awaitEstablished(KubernetesClient client, HasMetadata definition) {
        var name = definition.getMetadata().getName();
        Awaitility.await(name + " is established").until(() -> isEstablished(client, name));
    }

    /** A definition that is new has no status, and then a status without conditions. */
    private static boolean isEstablished(KubernetesClient client, String name) {
        return Optional.ofNullable(client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(name)
                        .get())
                .map(CustomResourceDefinition::getStatus)
                .map(CustomResourceDefinitionStatus::getConditions)
                .filter(conditions -> conditions.stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True")))
                .isPresent();
    }

    @Override
    public void close() {
        client.close();
        if (stopsWithTests) {
            instance.down();
        }
    }
}
