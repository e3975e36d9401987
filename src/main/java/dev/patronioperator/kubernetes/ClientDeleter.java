package dev.patronioperator.kubernetes;

import java.net.HttpURLConnection;

import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.api.Pluralize;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

import dev.patronioperator.plan.ObjectRef;

/** Sends the delete request itself, because the client's own way cannot say which uid is meant. */
@ApplicationScoped
public class ClientDeleter implements Deleter {

    private final KubernetesClient client;

    public ClientDeleter(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public boolean delete(ObjectRef object, String uid, Dependents dependents) {
        try {
            client.raw(path(object), "DELETE", options(uid, dependents));
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND || e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    private static DeleteOptions options(String uid, Dependents dependents) {
        return new DeleteOptionsBuilder()
                .withNewPreconditions()
                .withUid(uid)
                .endPreconditions()
                .withPropagationPolicy(
                        switch (dependents) {
                            case DELETED -> "Background";
                            case ORPHANED -> "Orphan";
                        })
                .build();
    }

    private static String path(ObjectRef object) {
        var root = object.apiVersion().contains("/") ? "/apis/" : "/api/";
        var plural = "Endpoints".equals(object.kind())
                ? "endpoints"
                : Pluralize.toPlural(object.kind().toLowerCase(java.util.Locale.ROOT));
        return root + object.apiVersion() + "/namespaces/" + object.namespace() + "/" + plural + "/" + object.name();
    }
}
