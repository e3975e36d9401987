package dev.patronioperator.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

import dev.patronioperator.testkit.FakePatroni.Reply;

/**
 * Plays kubelets, storage and Patroni for one namespace of an {@link ApiServer}, or for all of them: pods run as soon as they exist, claims are bound, members of a
 * cluster elect a leader, keep their records and answer as Patroni does. Single pods and claims can be given trouble.
 */
public final class FakeCluster implements AutoCloseable {

    private static final String STORAGE_CLASS = "testkit";
    private static final int HEARTBEAT_SECONDS = 2;
    /** Patroni's own {@code loop_wait}; many clusters that say something every other second are a load of their own. */
    private static final int HEARTBEAT_SECONDS_OF_MANY = 10;

    private static final System.Logger LOG = System.getLogger(FakeCluster.class.getName());
    /** Gone, changed by another, or in a namespace that is on its way out. */
    private static final Set<Integer> HAPPENS = Set.of(404, 409, 403);

    private final KubernetesClient client;
    private final Optional<String> only;
    private final String owner;
    private final List<PatroniCall> calls = new CopyOnWriteArrayList<>();
    private final Map<String, PodTrouble> troubles = new ConcurrentHashMap<>();
    private final Map<String, Boolean> unbound = new ConcurrentHashMap<>();
    private final Map<String, PlayedPatroni> patronis = new ConcurrentHashMap<>();
    // One thread for each cluster: what Patroni decides by compare-and-set is decided by order here.
    private final List<ScheduledExecutorService> stages;
    private SharedIndexInformer<Pod> pods;
    private SharedIndexInformer<PersistentVolumeClaim> claims;

    private FakeCluster(KubernetesClient client, Optional<String> only, String owner, int stages) {
        this.client = client;
        this.only = only;
        this.owner = owner;
        this.stages = Stream.generate(Executors::newSingleThreadScheduledExecutor)
                .limit(stages)
                .toList();
    }

    static FakeCluster in(KubernetesClient client, String namespace) {
        return new FakeCluster(client, Optional.of(namespace), namespace, 1);
    }

    /**
     * @param owner what volumes are marked with, to be found again
     */
    static FakeCluster everywhere(KubernetesClient client, String owner) {
        return new FakeCluster(client, Optional.empty(), owner, 4);
    }

    /** What Patronis were asked to change, in order. */
    public List<PatroniCall> calls() {
        return List.copyOf(calls);
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
        client.resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName(STORAGE_CLASS)
                        .endMetadata()
                        .withProvisioner("testkit")
                        .withAllowVolumeExpansion(true)
                        .build())
                .serverSideApply();
        ResourceEventHandler<Pod> onPods = whenSeen(this::playPod, this::podIsGone);
        ResourceEventHandler<PersistentVolumeClaim> onClaims = whenSeen(this::playClaim, claim -> {});
        pods = only.map(namespace -> client.pods().inNamespace(namespace).inform(onPods))
                .orElseGet(() -> client.pods().inAnyNamespace().inform(onPods));
        claims = only.map(namespace ->
                        client.persistentVolumeClaims().inNamespace(namespace).inform(onClaims))
                .orElseGet(
                        () -> client.persistentVolumeClaims().inAnyNamespace().inform(onClaims));
        stages.getFirst().scheduleWithFixedDelay(attempt(nodes::keepAlive), 10, 10, TimeUnit.SECONDS);
        var pause = only.isPresent() ? HEARTBEAT_SECONDS : HEARTBEAT_SECONDS_OF_MANY;
        stages.forEach(
                stage -> stage.scheduleWithFixedDelay(attempt(() -> heartbeat(stage)), pause, pause, TimeUnit.SECONDS));
        return this;
    }

    private void heartbeat(ScheduledExecutorService stage) {
        patronis.forEach((cluster, patroni) -> {
            if (stage(cluster) == stage) {
                attempt(patroni::heartbeat).run();
            }
        });
    }

    /** Ends a pod's or a claim's trouble. */
    public void mend(String name) {
        troubles.remove(name);
        unbound.remove(name);
        pods.getIndexer().list().forEach(pod -> stage(pod).execute(attempt(() -> playPod(pod))));
        claims.getIndexer().list().forEach(claim -> stage(claim).execute(attempt(() -> playClaim(claim))));
    }

    /** Makes another member the leader, as a failover does. */
    public void failOver(String cluster, String pod) {
        var key = key(only.orElseThrow(), cluster);
        stage(key).execute(attempt(() -> patronis.get(key).lead(pod)));
    }

    @Override
    public void close() {
        stages.forEach(ExecutorService::shutdownNow);
        pods.stop();
        claims.stop();
        patronis.values().forEach(PlayedPatroni::close);
        client.persistentVolumes().withLabel("testkit", owner).delete();
    }

    private static String key(String namespace, String cluster) {
        return namespace + "/" + cluster;
    }

    private ScheduledExecutorService stage(String key) {
        return stages.get(Math.floorMod(key.substring(0, key.indexOf('/')).hashCode(), stages.size()));
    }

    private ScheduledExecutorService stage(HasMetadata object) {
        return stage(
                key(object.getMetadata().getNamespace(), object.getMetadata().getName()));
    }

    private Reply onStage(String cluster, Supplier<Reply> act) {
        try {
            return stage(cluster).submit(act::get).get();
        } catch (InterruptedException | ExecutionException | RejectedExecutionException ended) {
            return new Reply(503, String.valueOf(ended.getMessage()));
        }
    }

    private void playPod(Pod pod) {
        var name = pod.getMetadata().getName();
        var namespace = pod.getMetadata().getNamespace();
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            remove(pod);
            return;
        }
        var trouble = troubles.get(name);
        if (trouble == PodTrouble.UNSCHEDULABLE || waitsForVolume(pod)) {
            return;
        }
        if (pod.getSpec().getNodeName() == null) {
            bind(pod);
        }
        var wanted = PlayedPod.status(pod, trouble, PlayedPatroni.address(pod));
        if (!PlayedPod.isAlready(pod, wanted)) {
            client.pods()
                    .inNamespace(namespace)
                    .withName(name)
                    .subresource("status")
                    .edit(now -> isSame(now, pod) ? PlayedPod.with(now, wanted) : now);
        }
        if (trouble != PodTrouble.IMAGE_CANNOT_BE_PULLED && trouble != PodTrouble.NEVER_READY) {
            PlayedPatroni.scope(pod).ifPresent(scope -> patronis.computeIfAbsent(
                            key(namespace, scope),
                            key -> new PlayedPatroni(client, namespace, scope, act -> onStage(key, act), calls::add))
                    .join(pod, wanted.getPodIP(), trouble == PodTrouble.START_FAILED));
        }
    }

    /** Only this very pod: by now there may be another of its name. */
    private void remove(Pod pod) {
        var meta = pod.getMetadata();
        client.raw(
                "/api/v1/namespaces/" + meta.getNamespace() + "/pods/" + meta.getName(),
                "DELETE",
                new DeleteOptionsBuilder()
                        .withGracePeriodSeconds(0L)
                        .withPropagationPolicy("Background")
                        .withNewPreconditions(null, meta.getUid())
                        .build());
    }

    private static boolean isSame(Pod one, Pod other) {
        return one.getMetadata().getUid().equals(other.getMetadata().getUid());
    }

    private boolean waitsForVolume(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                .anyMatch(volume ->
                        unbound.containsKey(volume.getPersistentVolumeClaim().getClaimName()));
    }

    private void podIsGone(Pod pod) {
        PlayedPatroni.scope(pod)
                .map(scope -> patronis.get(key(pod.getMetadata().getNamespace(), scope)))
                .ifPresent(patroni -> patroni.leave(
                        pod.getMetadata().getName(), pod.getMetadata().getUid()));
    }

    private void bind(Pod pod) {
        var node = FakeNodes.NAMES.get(Math.floorMod(pod.getMetadata().getName().hashCode(), FakeNodes.NAMES.size()));
        client.bindings()
                .inNamespace(pod.getMetadata().getNamespace())
                .resource(new BindingBuilder()
                        .withNewMetadata()
                        .withName(pod.getMetadata().getName())
                        .withNamespace(pod.getMetadata().getNamespace())
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
        if (claim.getSpec().getStorageClassName() == null) {
            client.resource(claim).edit(this::withClass);
            return;
        }
        client.resource(new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName("testkit-" + meta.getUid())
                        .withLabels(Map.of("testkit", owner))
                        .endMetadata()
                        .withNewSpec()
                        .withCapacity(claim.getSpec().getResources().getRequests())
                        .withAccessModes(claim.getSpec().getAccessModes())
                        .withStorageClassName(claim.getSpec().getStorageClassName())
                        .withPersistentVolumeReclaimPolicy("Retain")
                        .withNewClaimRef()
                        .withApiVersion("v1")
                        .withKind("PersistentVolumeClaim")
                        .withNamespace(meta.getNamespace())
                        .withName(meta.getName())
                        .withUid(meta.getUid())
                        .endClaimRef()
                        .withNewHostPath("/nowhere", null)
                        .endSpec()
                        .build())
                .serverSideApply();
    }

    /** Who names no class of storage gets one that can grow, as from the default class of most installations. */
    private PersistentVolumeClaim withClass(PersistentVolumeClaim claim) {
        claim.getSpec().setStorageClassName(STORAGE_CLASS);
        return claim;
    }

    private <T extends HasMetadata> ResourceEventHandler<T> whenSeen(Consumer<T> seen, Consumer<T> gone) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                stage(object).execute(attempt(() -> seen.accept(object)));
            }

            @Override
            public void onUpdate(T before, T object) {
                stage(object).execute(attempt(() -> seen.accept(object)));
            }

            @Override
            public void onDelete(T object, boolean unknownState) {
                stage(object).execute(attempt(() -> gone.accept(object)));
            }
        };
    }

    /**
     * An object or its namespace may have changed or gone meanwhile; then its next event plays it again. Nothing that goes wrong for one cluster may end the play
     * for the others: a scheduled task that throws is never run again.
     */
    private Runnable attempt(Runnable act) {
        return () -> {
            try {
                act.run();
            } catch (KubernetesClientException changedMeanwhile) {
                if (!HAPPENS.contains(changedMeanwhile.getCode())) {
                    tell(changedMeanwhile);
                }
            } catch (RuntimeException unexpected) {
                tell(unexpected);
            }
        };
    }

    private void tell(RuntimeException unexpected) {
        if (!stages.getFirst().isShutdown()) {
            LOG.log(System.Logger.Level.WARNING, "the played cluster stumbles", unexpected);
        }
    }
}
