package dev.patronioperator.kubernetes;

import java.net.HttpURLConnection;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/** The applier of one reconcile: what it writes is at once in the caches that the next reconcile reads. */
public final class ReconcileApplier implements Applier {

    private final Context<?> context;

    public ReconcileApplier(Context<?> context) {
        this.context = context;
    }

    @Override
    public <T extends HasMetadata> T apply(T desired) {
        return context.resourceOperations().serverSideApply(desired);
    }

    @Override
    public boolean create(HasMetadata object) {
        try {
            context.resourceOperations().create(object);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
    }
}
