package dev.patronioperator.kubernetes;

import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.jboss.logging.Logger;

/**
 * The lease by which one of several operators leads.
 *
 * @param identity under which name it is held
 */
public record HeldLease(KubernetesClient client, String namespace, String name, String identity) {

    private static final Logger LOG = Logger.getLogger(HeldLease.class);
    private static final String HOLDER = "/spec/holderIdentity";

    /** Frees it, so that the next one need not wait until it runs out; the API server refuses that if somebody else holds it by now. */
    public void giveBack() {
        var patch = List.of(
                Map.of("op", "test", "path", HOLDER, "value", identity), Map.of("op", "remove", "path", HOLDER));
        try {
            client.resources(Lease.class)
                    .inNamespace(namespace)
                    .withName(name)
                    .patch(
                            PatchContext.of(PatchType.JSON),
                            client.getKubernetesSerialization().asJson(patch));
        } catch (KubernetesClientException e) {
            LOG.infof("The lease %s could not be given back and runs out: %s", this, e.getMessage());
        }
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
