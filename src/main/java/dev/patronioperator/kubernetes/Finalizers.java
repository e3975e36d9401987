package dev.patronioperator.kubernetes;

import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Takes finalizers from objects, also names that the client itself would refuse to set. */
@ApplicationScoped
public class Finalizers {

    private final KubernetesClient client;

    public Finalizers(KubernetesClient client) {
        this.client = client;
    }

    /** Takes these finalizers from an object; those of others stay. */
    public void remove(HasMetadata object, Set<String> names) {
        client.resource(object).edit(now -> {
            names.forEach(now::removeFinalizer);
            return now;
        });
    }
}
