package dev.patronioperator.testkit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/**
 * Plays kubelets, storage and Patroni for one namespace of an {@link ApiServer}: pods run as soon as they exist, claims are bound, members of a cluster elect a
 * leader and keep their records as Patroni does. Single pods and claims can be given trouble.
 */
public final class FakeCluster implements AutoCloseable {

    private static final int HEARTBEAT_SECONDS = 2;

    private final KubernetesClient client;
    private final String namespace;
    private final Map<String, PodTrouble> troubles = new ConcurrentHashMap<>();
    private final Map<String, Boolean> unbound = new ConcurrentHashMap<>();
    private final Map<String, PlayedPatroni> patronis = new ConcurrentHashMap<>();
    // One thread: what Patroni decides by compare-and-set is decided by order here.
    private final ScheduledExecutorService stage = Executors.newSingleThreadScheduledExecutor();
    private SharedIndexInformer<Pod> pods;
    private SharedIndexInformer<PersistentVolumeClaim> claims;

    FakeCluster(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** The pod of this name will not run. */
    public FakeCluster trouble(String pod, PodTrouble trouble) {
        troubles.put(pod, trouble);
        return this;
    }

    /** The claim of this name gets no volume. */
    public FakeCluster leaveUnbound(String claim) {
        unbound.put(claim, true);
        return this;
    }

    /** Begins; trouble that is named before is there from the start. */
    public FakeCluster play() {
        var nodes = new FakeNodes(client);
        pods = client.pods().inNamespace(namespace).inform(whenSeen(this::playPod, this::podIsGone));
        claims = client.persistentVolumeClaims().inNamespace(namespace).inform(whenSeen(this::playClaim, claim -> {}));
        stage.scheduleWithFixedDelay(attempt(nodes::keepAlive), 10, 10, TimeUnit.SECONDS);
        stage.scheduleWithFixedDelay(
                attempt(() -> patronis.values().forEach(PlayedPatroni::heartbeat)),
                HEARTBEAT_SECONDS,
                HEARTBEAT_SECONDS,
                TimeUnit.SECONDS);
        return this;
    }

    /** Ends a pod's or a claim's trouble. */
    public void mend(String name) {
        troubles.remove(name);
        unbound.remove(name);
        stage.execute(attempt(() -> {
            pods.getIndexer().list().forEach(this::playPod);
            claims.getIndexer().list().forEach(this::playClaim);
        }));
    }

    /** Makes another member the leader, as a failover does. */
    public void failOver(String cluster, String pod) {
        stage.execute(attempt(() -> patronis.get(cluster).lead(pod)));
    }

    @Override
    public void close() {
        stage.shutdownNow();
        pods.stop();
        claims.stop();
        client.persistentVolumes().withLabel("testkit", namespace).delete();
    }

    private void playPod(Pod pod) {
        var name = pod.getMetadata().getName();
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            client.pods()
                    .inNamespace(namespace)
                    .withName(name)
                    .withGracePeriod(0)
                    .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                    .delete();
            return;
        }
        var trouble = troubles.get(name);
        if (trouble == PodTrouble.UNSCHEDULABLE || waitsForVolume(pod)) {
            return;
        }
        if (pod.getSpec().getNodeName() == null) {
            bind(pod);
        }
        var wanted = PlayedPod.status(pod, trouble);
        if (!PlayedPod.isAlready(pod, wanted)) {
            client.pods()
                    .inNamespace(namespace)
                    .withName(name)
                    .subresource("status")
                    .edit(now -> PlayedPod.with(now, wanted));
        }
        if (trouble != PodTrouble.IMAGE_CANNOT_BE_PULLED && trouble != PodTrouble.NEVER_READY) {
            PlayedPatroni.scope(pod).ifPresent(scope -> patronis.computeIfAbsent(
                            scope, made -> new PlayedPatroni(client, namespace, scope))
                    .join(pod, wanted.getPodIP(), trouble == PodTrouble.START_FAILED));
        }
    }

    private boolean waitsForVolume(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                .anyMatch(volume ->
                        unbound.containsKey(volume.getPersistentVolumeClaim().getClaimName()));
    }

    private void podIsGone(Pod pod) {
        PlayedPatroni.scope(pod)
                .map(patronis::get)
                .ifPresent(patroni -> patroni.leave(pod.getMetadata().getName()));
    }

    private void bind(Pod pod) {
        var node = FakeNodes.NAMES.get(Math.floorMod(pod.getMetadata().getName().hashCode(), FakeNodes.NAMES.size()));
        client.bindings()
                .inNamespace(namespace)
                .resource(new BindingBuilder()
                        .withNewMetadata()
                        .withName(pod.getMetadata().getName())
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewTarget()
                        .withKind("Node")
                        .withName(node)
                        .endTarget()
                        .build())
                .create();
    }

    private void playClaim(PersistentVolumeClaim claim) {
        var meta = claim.getMetadata();
        if (claim.getSpec().getVolumeName() != null
                || meta.getDeletionTimestamp() != null
                || unbound.containsKey(meta.getName())) {
            return;
        }
        client.resource(new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName("testkit-" + meta.getUid())
                        .withLabels(Map.of("testkit", namespace))
                        .endMetadata()
                        .withNewSpec()
                        .withCapacity(claim.getSpec().getResources().getRequests())
                        .withAccessModes(claim.getSpec().getAccessModes())
                        .withStorageClassName(claim.getSpec().getStorageClassName())
                        .withPersistentVolumeReclaimPolicy("Retain")
                        .withNewClaimRef()
                        .withApiVersion("v1")
                        .withKind("PersistentVolumeClaim")
                        .withNamespace(namespace)
                        .withName(meta.getName())
                        .withUid(meta.getUid())
                        .endClaimRef()
                        .withNewHostPath("/nowhere", null)
                        .endSpec()
                        .build())
                .serverSideApply();
    }

    private <T extends HasMetadata> ResourceEventHandler<T> whenSeen(Consumer<T> seen, Consumer<T> gone) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                stage.execute(attempt(() -> seen.accept(object)));
            }

            @Override
            public void onUpdate(T before, T object) {
                stage.execute(attempt(() -> seen.accept(object)));
            }

            @Override
            public void onDelete(T object, boolean unknownState) {
                stage.execute(attempt(() -> gone.accept(object)));
            }
        };
    }

    /** An object may have changed or gone meanwhile; then its next event plays it again. */
    private Runnable attempt(Runnable act) {
        return () -> {
            try {
                act.run();
            } catch (KubernetesClientException changedMeanwhile) {
                if (changedMeanwhile.getCode() != 404 && changedMeanwhile.getCode() != 409 && !stage.isShutdown()) {
                    throw changedMeanwhile;
                }
            }
        };
    }
}
