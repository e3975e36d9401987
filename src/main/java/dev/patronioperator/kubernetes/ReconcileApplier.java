package dev.patronioperator.kubernetes;

import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.source.informer.ManagedInformerEventSource;

import dev.patronioperator.plan.FieldOwnership;
import dev.patronioperator.plan.Fingerprint;
import dev.patronioperator.plan.Repair;
import dev.patronioperator.plan.SpecDiffer;
import dev.patronioperator.plan.Step;

/** The applier of one reconcile: what it writes is at once in the caches that the next reconcile reads. */
public final class ReconcileApplier implements Applier {

    private static final Set<String> NOT_PATCHED = Set.of("apiVersion", "kind", "status");
    private static final Set<String> PATCHED_METADATA = Set.of("labels", "annotations", "ownerReferences");

    private final Context<?> context;

    public ReconcileApplier(Context<?> context) {
        this.context = context;
    }

    /**
     * Where admission makes something else of it, or adds to what means something only as a whole, the object is marked, so that the next look does not take that
     * for drift.
     */
    @Override
    public <T extends HasMetadata> T apply(T desired) {
        var applied = serverSideApply(desired);
        if (SpecDiffer.differences(tree(desired), tree(applied), FieldOwnership.NONE)
                .isEmpty()) {
            return applied;
        }
        var marked = serialization().clone(desired);
        AppliedMark.put(marked, Fingerprint.of(tree(desired)));
        return serverSideApply(marked);
    }

    /** Kinds that other programs define have no cache of the controller's to be written to; their own informer sees the write. */
    private <T extends HasMetadata> T serverSideApply(T object) {
        var cached = context.eventSourceRetriever().getEventSourcesFor(object.getClass()).stream()
                .anyMatch(ManagedInformerEventSource.class::isInstance);
        if (cached) {
            return context.resourceOperations().serverSideApply(object);
        }
        return context.getClient()
                .resource(object)
                .fieldManager(fieldManager())
                .forceConflicts()
                .serverSideApply();
    }

    /** Replaces the parts of the object as wholes, provided that it is the one that was read. */
    @Override
    public void repair(HasMetadata found, Step.Apply step) {
        var repaired = Repair.of(tree(found), tree(step.desired()), step.removed());
        var patch = new ArrayList<Map<String, ?>>();
        patch.add(operation(
                "test", "/metadata/resourceVersion", found.getMetadata().getResourceVersion()));
        NOT_PATCHED.forEach(repaired::remove);
        var metadata = (Map<?, ?>) repaired.remove("metadata");
        metadata.forEach((key, value) -> {
            if (PATCHED_METADATA.contains(key)) {
                patch.add(operation("add", "/metadata/" + key, value));
            }
        });
        repaired.forEach((key, value) -> patch.add(operation("add", "/" + key, value)));
        context.getClient()
                .resource(found)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON)
                                .withFieldManager(fieldManager())
                                .build(),
                        serialization().asJson(patch));
    }

    private static Map<String, ?> operation(String operation, String path, Object value) {
        return Map.of("op", operation, "path", path, "value", value);
    }

    @SuppressWarnings("unchecked") // an object is a map with texts for keys
    private Map<String, ?> tree(HasMetadata object) {
        return serialization().convertValue(object, Map.class);
    }

    private String fieldManager() {
        return context.getControllerConfiguration().fieldManager();
    }

    private KubernetesSerialization serialization() {
        return context.getClient().getKubernetesSerialization();
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

    @Override
    public <T extends HasMetadata> void edit(T found, UnaryOperator<T> change) {
        context.resourceOperations().jsonPatch(found, change);
    }

    /** With the version that was read a patch is refused by the API server if the Secret has another one. */
    @Override
    public boolean editData(Secret found, Map<String, Optional<String>> values) {
        var data = new LinkedHashMap<String, String>();
        values.forEach((key, value) -> data.put(key, value.orElse(null)));
        var patch =
                Map.of("metadata", Map.of("resourceVersion", found.getMetadata().getResourceVersion()), "data", data);
        try {
            context.resourceOperations().resourcePatch(found, secret -> context.getClient()
                    .resource(secret)
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            serialization().asJson(patch)));
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
    }
}
