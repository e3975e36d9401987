package dev.patronioperator.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/**
 * Plays kubelets and Patroni of very many clusters, with as few requests as can be: four for a pod and two for a cluster. Pods run at once; the first
 * member leads for ever. Nodes stay alive; Patroni has no heartbeats, and there are no volumes. Pods of clusters named {@code stuck-…} never get a node.
 */
public final class FakeFleet implements AutoCloseable {

    public static final String STUCK = "stuck-";

    /** The scheduler that this plays. Kubernetes' own would look for volumes, and say of pods that run that they have none. */
    public static final String SCHEDULER = "fleet";

    private static final String CLUSTER = "cluster-name";
    private static final String ROLE = "spilo-role";
    private static final Duration TTL = Duration.ofDays(2);
    private static final int STAGES = 8;
    private static final int BEAT_SECONDS = 10;

    private final KubernetesClient client;
    private final String namespace;
    // One thread for all pods of a cluster, so that its members come up in order.
    private final List<ExecutorService> stages = IntStream.range(0, STAGES)
            .mapToObj(number -> Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("fleet-" + number).factory()))
            .toList();
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("fleet-nodes").factory());
    private final SharedIndexInformer<Pod> pods;

    FakeFleet(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
        var nodes = new FakeNodes(client);
        heart.scheduleWithFixedDelay(() -> beat(nodes), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
        this.pods = client.pods().inNamespace(namespace).withLabel(CLUSTER).inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                enqueue(pod);
            }

            @Override
            public void onUpdate(Pod before, Pod pod) {
                enqueue(pod);
            }

            @Override
            public void onDelete(Pod pod, boolean unknownState) {
                // The StatefulSet makes it anew.
            }
        });
    }

    /** On a machine that is busy a beat may fail, and must not be the last; the next one comes long before a node counts as lost. */
    private static void beat(FakeNodes nodes) {
        try {
            nodes.keepAlive();
        } catch (RuntimeException late) {
            System.err.println("the nodes of the fleet missed a beat: " + late.getMessage());
        }
    }

    private void enqueue(Pod pod) {
        var stage = Math.floorMod(cluster(pod).hashCode(), STAGES);
        stages.get(stage).execute(() -> {
            try {
                play(pod);
            } catch (KubernetesClientException changedMeanwhile) {
                if (changedMeanwhile.getCode() != 404 && changedMeanwhile.getCode() != 409) {
                    throw changedMeanwhile;
                }
            }
        });
    }

    /** Each write is followed by an event that plays the next one. */
    private void play(Pod pod) {
        var resource = client.pods().inNamespace(namespace).withName(name(pod));
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            resource.withGracePeriod(0).delete();
        } else if (cluster(pod).startsWith(STUCK)) {
            return;
        } else if (pod.getSpec().getNodeName() == null) {
            bind(pod);
        } else if (!"Running".equals(pod.getStatus().getPhase())) {
            resource.subresource("status")
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            client.getKubernetesSerialization().asJson(new Status(PlayedPod.status(pod, null))));
        } else if (!pod.getMetadata().getLabels().containsKey(ROLE)) {
            if (leads(pod)) {
                record(pod, "", Map.of("leader", name(pod), "ttl", Long.toString(TTL.toSeconds())));
                record(pod, "-config", Map.of("initialize", "7561043962842742851", "config", "{}", "history", "[]"));
            }
            resource.patch(PatchContext.of(PatchType.JSON_MERGE), asMember(pod));
        }
    }

    private record Status(PodStatus status) {}

    private void bind(Pod pod) {
        client.bindings()
                .inNamespace(namespace)
                .resource(new BindingBuilder()
                        .withNewMetadata()
                        .withName(name(pod))
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewTarget()
                        .withKind("Node")
                        .withName(FakeNodes.NAMES.getFirst())
                        .endTarget()
                        .build())
                .create();
    }

    private String asMember(Pod pod) {
        var says =
                "{\"state\":\"running\",\"role\":\"%s\",\"version\":\"4.0.7\",\"xlog_location\":83886080,\"timeline\":1}"
                        .formatted(leads(pod) ? "primary" : "replica");
        return client.getKubernetesSerialization()
                .asJson(new PodBuilder()
                        .withNewMetadata()
                        .addToLabels(ROLE, leads(pod) ? "master" : "replica")
                        .addToAnnotations("status", says)
                        .endMetadata()
                        .build());
    }

    private void record(Pod leader, String suffix, Map<String, String> says) {
        var now = Instant.now().toString();
        Endpoints record = new EndpointsBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(cluster(leader) + suffix)
                .withLabels(Map.of("application", "spilo", CLUSTER, cluster(leader)))
                .withAnnotations(says)
                .addToAnnotations("renewTime", now)
                .addToAnnotations("acquireTime", now)
                .endMetadata()
                .build();
        client.resource(record).fieldManager("patroni").forceConflicts().serverSideApply();
    }

    private static boolean leads(Pod pod) {
        return name(pod).endsWith("-0");
    }

    private static String name(Pod pod) {
        return pod.getMetadata().getName();
    }

    private static String cluster(Pod pod) {
        return pod.getMetadata().getLabels().get(CLUSTER);
    }

    @Override
    public void close() {
        heart.shutdownNow();
        pods.stop();
        stages.forEach(ExecutorService::shutdownNow);
    }
}
