package dev.patronioperator.kubernetes;

import java.util.Optional;

import jakarta.inject.Singleton;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where the operator runs: {@code OPERATOR_NAMESPACE}, else as its service account or the kubeconfig says. */
@Singleton
public class OperatorNamespace {

    private final String name;

    public OperatorNamespace(
            @ConfigProperty(name = "OPERATOR_NAMESPACE") Optional<String> configured, KubernetesClient client) {
        this.name = configured
                .filter(n -> !n.isBlank())
                .or(() -> Optional.ofNullable(client.getNamespace()))
                .orElse("default");
    }

    public String name() {
        return name;
    }
}
