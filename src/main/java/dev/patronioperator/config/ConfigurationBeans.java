package dev.patronioperator.config;

import java.util.Optional;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.runtime.annotations.RegisterForReflection;

import dev.patronioperator.api.OperatorConfiguration;
import dev.patronioperator.api.OperatorConfigurationStatus;

/** The surroundings, read once when the first bean asks. No reconciler is declared for the resource, so the native image is told of it here. */
@RegisterForReflection(targets = {OperatorConfiguration.class, OperatorConfigurationStatus.class})
final class ConfigurationBeans {

    /** In a pod the client knows the namespace from the service account, on a desk from the kubeconfig; one that says none means {@code default}. */
    @Produces
    @Singleton
    Environment environment(KubernetesClient client) {
        return Environment.read(
                System.getenv(), Optional.ofNullable(client.getNamespace()).or(() -> Optional.of("default")));
    }
}
