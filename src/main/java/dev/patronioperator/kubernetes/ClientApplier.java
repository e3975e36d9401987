package dev.patronioperator.kubernetes;

import java.net.HttpURLConnection;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Writes outside of a reconcile; what is written is in the caches when the watches tell of it. */
public final class ClientApplier implements Applier {

    private final KubernetesClient client;

    public ClientApplier(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public <T extends HasMetadata> T apply(T desired) {
        return client.resource(desired)
                .fieldManager(FieldManagers.OURS)
                .forceConflicts()
                .serverSideApply();
    }

    @Override
    public boolean create(HasMetadata object) {
        try {
            client.resource(object).create();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
    }
}
