package dev.patronioperator.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

import dev.patronioperator.plan.Known;

/** Reads straight from the API server; for the command line, which looks once and has no caches. */
public final class ClientReader implements ObjectReader {

    private final KubernetesClient client;

    public ClientReader(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public <T extends HasMetadata> Known<Optional<T>> get(Class<T> type, String namespace, String name) {
        try {
            return Known.of(Optional.ofNullable(
                    client.resources(type).inNamespace(namespace).withName(name).get()));
        } catch (KubernetesClientException e) {
            return Known.unknown(HasMetadata.getKind(type) + " " + name + " cannot be read: " + e.getMessage());
        }
    }

    /** All in a namespace, or with an empty name in all namespaces. */
    <T extends HasMetadata> Known<List<T>> everywhere(Class<T> type, String namespace) {
        try {
            var resources = client.resources(type);
            return Known.of((namespace.isEmpty() ? resources.inAnyNamespace() : resources.inNamespace(namespace))
                    .list()
                    .getItems());
        } catch (KubernetesClientException e) {
            return Known.unknown("the list of " + HasMetadata.getPlural(type) + " cannot be read: " + e.getMessage());
        }
    }

    @Override
    public <T extends HasMetadata> Known<List<T>> list(Class<T> type, String namespace, Map<String, String> labels) {
        try {
            return Known.of(client.resources(type)
                    .inNamespace(namespace)
                    .withLabels(labels)
                    .list()
                    .getItems());
        } catch (KubernetesClientException e) {
            return Known.unknown("the list of " + HasMetadata.getPlural(type) + " cannot be read: " + e.getMessage());
        }
    }
}
