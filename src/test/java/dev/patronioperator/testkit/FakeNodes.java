package dev.patronioperator.testkit;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * Nodes that exist on paper only. All tests of an API server share them, because the node controller evicts pods from nodes that vanish; they have a taint, so
 * that the scheduler leaves pods alone and only a {@link FakeCluster} binds them.
 */
final class FakeNodes {

    static final List<String> NAMES = List.of("testkit-0", "testkit-1", "testkit-2");

    private static final Map<String, Quantity> ROOM =
            Map.of("cpu", new Quantity("1000"), "memory", new Quantity("4Ti"), "pods", new Quantity("10000"));

    private final KubernetesClient client;

    FakeNodes(KubernetesClient client) {
        this.client = client;
        NAMES.forEach(this::register);
        keepAlive();
    }

    /** The node controller counts a node as lost if its lease is 40 s old. */
    void keepAlive() {
        NAMES.forEach(name -> client.resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("kube-node-lease")
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity(name)
                        .withLeaseDurationSeconds(40)
                        .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                        .endSpec()
                        .build())
                .forceConflicts()
                .serverSideApply());
    }

    private void register(String name) {
        var node = new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(Map.of("kubernetes.io/hostname", name))
                .endMetadata()
                .withNewSpec()
                .addNewTaint()
                .withKey("patroni-operator/played")
                .withEffect("NoSchedule")
                .endTaint()
                .endSpec()
                .withNewStatus()
                .withCapacity(ROOM)
                .withAllocatable(ROOM)
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withReason("Played")
                .endCondition()
                .endStatus()
                .build();
        client.resource(node).forceConflicts().serverSideApply();
        client.resource(node).patchStatus();
    }
}
