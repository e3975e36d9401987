package dev.patronioperator.testkit.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;

import dev.patronioperator.kubernetes.Applier;
import dev.patronioperator.kubernetes.Deleter;
import dev.patronioperator.kubernetes.FieldManagers;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.kubernetes.naming.Annotations;
import dev.patronioperator.patroni.model.MemberState;
import dev.patronioperator.patroni.model.MemberStatus;
import dev.patronioperator.patroni.model.PendingRestart;
import dev.patronioperator.patroni.model.PostgresRole;
import dev.patronioperator.patroni.model.WalPosition;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.Step;

/**
 * A Kubernetes with one Patroni cluster in it, in one JVM object and with a clock that moves only when told: API objects, the
 * StatefulSet controller, a kubelet and Patroni, each as simple as the rules they follow.
 *
 * <p>The world is run by {@link #tick}: pods are made and become ready, the leader renews its key, a lost leader is replaced when the
 * key has run out. It counts what the operator does, can kill it after any effect, and watches over the rules that must hold at every
 * moment (see {@link #violations}).
 */
public final class World implements ObjectReader {

    static final Duration TICK = Duration.ofSeconds(5);
    private static final int LEADER_TTL = 30;
    private static final ContainerState RUNNING =
            new ContainerStateBuilder().withNewRunning().endRunning().build();
    private static final ContainerState NO_IMAGE = new ContainerStateBuilder()
            .withNewWaiting()
            .withReason("ImagePullBackOff")
            .endWaiting()
            .build();

    public final MutableClock clock = new MutableClock();
    public final SimulatedPooler pooler = new SimulatedPooler(this);
    final Map<ObjectRef, HasMetadata> objects = new TreeMap<>();
    final Map<String, Long> walOfMember = new HashMap<>();
    private final Set<String> neverReady = new HashSet<>();
    private final Set<String> missingImages = new HashSet<>();
    private final Set<String> frozenWal = new HashSet<>();
    private final Set<String> cutOff = new HashSet<>();
    private final SimulatedParameters parameters = new SimulatedParameters();
    private final List<String> effects = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final ObjectMapper json;
    private final String cluster;
    private boolean refusesEdits;
    boolean refusesSwitchovers;
    private long wal = 1_000_000;
    private int uids;
    private int timeline = 1;
    private int ticks;
    private int maxConnections = 100;
    private Instant configuredAt = clock.instant();
    private boolean tellsWhatIsPending = true;
    private int effectsUntilDeath = Integer.MAX_VALUE;
    Optional<String> leader = Optional.empty();

    public World(String cluster, ObjectMapper json) {
        this.cluster = cluster;
        this.json = json;
    }

    // What the operator sees and does

    @Override
    public <T extends HasMetadata> Known<Optional<T>> get(Class<T> type, String namespace, String name) {
        return Known.of(objects.values().stream()
                .filter(o -> type.isInstance(o) && o.getMetadata().getName().equals(name))
                .map(type::cast)
                .findFirst());
    }

    @Override
    public <T extends HasMetadata> Known<List<T>> list(Class<T> type, String namespace, Map<String, String> labels) {
        return Known.of(objects.values().stream()
                .filter(type::isInstance)
                .filter(o -> o.getMetadata().getLabels() != null
                        && o.getMetadata().getLabels().entrySet().containsAll(labels.entrySet()))
                .map(type::cast)
                .toList());
    }

    public Applier applier() {
        return new Applier() {
            @Override
            public <T extends HasMetadata> T apply(T desired) {
                store(desired).getMetadata().setManagedFields(ours(desired));
                effect("apply " + ObjectRef.of(desired));
                return desired;
            }

            @Override
            public void repair(HasMetadata found, Step.Apply step) {
                effect("repair " + step.object());
            }

            @Override
            public <T extends HasMetadata> void edit(T found, UnaryOperator<T> change) {
                if (refusesEdits) {
                    throw new KubernetesClientException("the API server refuses");
                }
                put(change.apply(found));
                effect("edit " + ObjectRef.of(found));
            }

            @Override
            public boolean editData(Secret found, Map<String, Optional<String>> values) {
                if (objects.get(ObjectRef.of(found)) != found) {
                    return false;
                }
                var data = new HashMap<>(found.getData());
                values.forEach((key, value) ->
                        value.ifPresentOrElse(encoded -> data.put(key, encoded), () -> data.remove(key)));
                put(new SecretBuilder(found).withData(data).build());
                effect("edit data of " + ObjectRef.of(found));
                return true;
            }

            @Override
            public boolean create(HasMetadata object) {
                if (objects.containsKey(ObjectRef.of(object))) {
                    return false;
                }
                store(object);
                effect("create " + ObjectRef.of(object));
                return true;
            }
        };
    }

    public Deleter deleter() {
        return (ref, uid, dependents) -> {
            var found = objects.get(ref);
            if (found == null || !found.getMetadata().getUid().equals(uid)) {
                return false;
            }
            objects.remove(ref);
            if (found instanceof Pod) {
                podGoes(found.getMetadata().getName());
            }
            effect("delete " + ref);
            return true;
        };
    }

    public SimulatedPatroni patroni() {
        return new SimulatedPatroni(this);
    }

    /** The operator dies right after its n-th effect from now on. */
    public void killAfter(int n) {
        effectsUntilDeath = n;
    }

    void effect(String what) {
        effects.add(what);
        if (--effectsUntilDeath == 0) {
            effectsUntilDeath = Integer.MAX_VALUE;
            throw new OperatorKilled(what);
        }
    }

    /** All that the operator did, in order. */
    public List<String> effects() {
        return List.copyOf(effects);
    }

    /** Rules that were broken at some moment; empty in a world that went well. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    // Knobs

    /** Patroni does not hand over, whoever asks. */
    public void refusesSwitchovers(boolean refuses) {
        refusesSwitchovers = refuses;
    }

    /** This pod, also when it is made anew, never becomes ready. */
    public void neverReady(String pod) {
        neverReady.add(pod);
    }

    /** The members are of a Patroni before 4.0: they say that a restart is pending, and not for what. */
    public void saysNotWhatIsPending() {
        tellsWhatIsPending = false;
    }

    /** How often PostgreSQL was restarted inside its pod, by member. */
    public Map<String, Integer> restarts() {
        return parameters.restarts();
    }

    /** What each member runs with. */
    public Map<String, Integer> maxConnections() {
        var running = new TreeMap<String, Integer>();
        pods().forEach(pod -> running.put(
                pod.getMetadata().getName(),
                parameters.running(pod.getMetadata().getName(), maxConnections)));
        return running;
    }

    void configure(int maxConnections) {
        this.maxConnections = maxConnections;
        configuredAt = clock.instant();
        writeDcs();
    }

    boolean restart(String member) {
        return parameters.restart(member, isLeader(member), maxConnections, clock.instant());
    }

    MemberStatus memberStatus(String member) {
        boolean replayed = leader.filter(l -> parameters.hasReplayed(member, l, maxConnections))
                .isPresent();
        return new MemberStatus(
                new MemberState("running"),
                isLeader(member) ? PostgresRole.PRIMARY : PostgresRole.REPLICA,
                Optional.empty(),
                Known.of(170002L),
                Known.of(parameters.startedAt(member, maxConnections)),
                Known.of((long) timeline),
                Known.of(
                        isLeader(member)
                                ? new WalPosition.Written(wal)
                                : new WalPosition.Replayed(
                                        wal, replayed ? wal : wal - 1, Known.unknown("not asked"), false)),
                List.of(),
                false,
                asFarAsTold(parameters.pending(member, maxConnections)),
                Optional.empty(),
                false,
                false,
                false,
                Known.of(clock.instant()),
                Optional.of("4711"),
                Optional.of("4.0.0"),
                Optional.of(cluster),
                Map.of());
    }

    private PendingRestart asFarAsTold(PendingRestart pending) {
        return tellsWhatIsPending ? pending : new PendingRestart(pending.isPending(), Map.of());
    }

    /** The API server takes no edits of pods. */
    public void refusesEdits(boolean refuses) {
        refusesEdits = refuses;
    }

    /** No registry has this image: pods that ask for it never start. */
    public void hasNoImage(String image) {
        missingImages.add(image);
    }

    /** Nothing flows to this replica from the primary, and its Patroni says so. */
    public void cutOff(String pod) {
        cutOff.add(pod);
        freezeWal(pod);
    }

    /** WAL flows again. */
    public void reconnect(String pod) {
        cutOff.remove(pod);
        frozenWal.remove(pod);
    }

    /** This replica receives nothing any more. */
    public void freezeWal(String pod) {
        frozenWal.add(pod);
    }

    public void write(long bytes) {
        wal += bytes;
    }

    /** Changes an object behind the operator's back. */
    public void replace(HasMetadata object) {
        put(object);
    }

    /** Somebody asks for the pod to be made anew, by the peer's annotation. */
    public void flag(String pod) {
        annotate(pod, Annotations.ROLLING_UPDATE_REQUIRED, "true");
    }

    public void annotate(String pod, String annotation, String value) {
        put(new PodBuilder(pod(pod).orElseThrow())
                .editMetadata()
                .addToAnnotations(annotation, value)
                .endMetadata()
                .build());
    }

    /** A node that takes pods, or is cordoned from now on. Without any, nothing is known of where pods run. */
    public void node(String name, boolean cordoned) {
        put(new NodeBuilder(readyNode(name))
                .editSpec()
                .withUnschedulable(cordoned)
                .endSpec()
                .build());
    }

    /** One that takes pods, to be changed and {@linkplain #replace put there}. */
    public static Node readyNode(String name) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(Map.of("kubernetes.io/hostname", name))
                .endMetadata()
                .withNewSpec()
                .withUnschedulable(false)
                .endSpec()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
    }

    private Optional<String> nodeFor(String pod) {
        var free = objects.values().stream()
                .filter(Node.class::isInstance)
                .map(Node.class::cast)
                .filter(node -> !node.getSpec().getUnschedulable())
                .map(node -> node.getMetadata().getName())
                .toList();
        return free.isEmpty() ? Optional.empty() : Optional.of(free.get(ordinalOf(pod) % free.size()));
    }

    /** Deletes an object behind the operator's back. */
    public void remove(HasMetadata object) {
        objects.remove(ObjectRef.of(object));
    }

    /** A node takes a pod with it. */
    public void lose(String pod) {
        pod(pod).ifPresent(p -> objects.remove(ObjectRef.of(p)));
    }

    /** Somebody else has moved the primary. */
    public void moveLeaderTo(String pod) {
        promote(pod);
    }

    public Optional<String> leader() {
        return leader;
    }

    public List<Pod> pods() {
        return objects.values().stream()
                .filter(Pod.class::isInstance)
                .map(Pod.class::cast)
                .toList();
    }

    public Optional<Pod> pod(String name) {
        return pods().stream()
                .filter(p -> p.getMetadata().getName().equals(name))
                .findFirst();
    }

    public Optional<StatefulSet> statefulSet() {
        return objects.values().stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .findFirst();
    }

    // How the world goes on

    public void tick() {
        ticks++;
        clock.advance(TICK);
        statefulSet().ifPresent(this::runStatefulSetController);
        pods().forEach(this::runKubelet);
        runPatroni();
    }

    private void runStatefulSetController(StatefulSet set) {
        var revision =
                cluster + "-" + Integer.toHexString(set.getSpec().getTemplate().hashCode());
        put(new StatefulSetBuilder(set)
                .withNewStatus()
                .withObservedGeneration(set.getMetadata().getGeneration())
                .withUpdateRevision(revision)
                .withReplicas(set.getSpec().getReplicas())
                .endStatus()
                .build());
        put(revision(set, revision));
        for (int i = 0; i < set.getSpec().getReplicas(); i++) {
            var name = cluster + "-" + i;
            if (pod(name).isEmpty()) {
                put(makePod(set, name, revision));
            }
        }
        pods().stream().filter(p -> ordinal(p) >= set.getSpec().getReplicas()).forEach(p -> {
            objects.remove(ObjectRef.of(p));
            podGoes(p.getMetadata().getName());
        });
    }

    private static ControllerRevision revision(StatefulSet set, String name) {
        return new ControllerRevisionBuilder()
                .withNewMetadata()
                .withNamespace(set.getMetadata().getNamespace())
                .withName(name)
                .endMetadata()
                .withData(Map.of(
                        "spec",
                        Map.of(
                                "template",
                                Map.of(
                                        "$patch",
                                        "replace",
                                        "metadata",
                                        set.getSpec().getTemplate().getMetadata(),
                                        "spec",
                                        set.getSpec().getTemplate().getSpec()))))
                .build();
    }

    private Pod makePod(StatefulSet set, String name, String revision) {
        var template = set.getSpec().getTemplate();
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(set.getMetadata().getNamespace())
                .withName(name)
                .withUid("uid-" + ++uids)
                .withCreationTimestamp(clock.instant().toString())
                .withLabels(new HashMap<>(template.getMetadata().getLabels()))
                .addToLabels("controller-revision-hash", revision)
                .withAnnotations(template.getMetadata().getAnnotations())
                .endMetadata()
                .withSpec(new PodSpecBuilder(template.getSpec())
                        .withNodeName(nodeFor(name).orElse(null))
                        .build())
                .withNewStatus()
                .withPodIP("10.0.0." + (ordinalOf(name) + 1))
                .endStatus()
                .build();
    }

    private void runKubelet(Pod pod) {
        var image = pod.getSpec().getContainers().getFirst().getImage();
        boolean starts = !missingImages.contains(image);
        boolean ready = starts && !neverReady.contains(pod.getMetadata().getName());
        put(new PodBuilder(pod)
                .editStatus()
                .withPhase(starts ? "Running" : "Pending")
                .withConditions(new PodConditionBuilder()
                        .withType("Ready")
                        .withStatus(ready ? "True" : "False")
                        .build())
                .withContainerStatuses(new ContainerStatusBuilder()
                        .withName("postgres")
                        .withImage(image)
                        .withState(starts ? RUNNING : NO_IMAGE)
                        .build())
                .endStatus()
                .build());
    }

    private void runPatroni() {
        if (leader.flatMap(this::pod).filter(World::isReady).isEmpty()) {
            leader = Optional.empty();
            pods().stream()
                    .filter(World::isReady)
                    .max(Comparator.comparing((Pod p) ->
                                    walOfMember.getOrDefault(p.getMetadata().getName(), 0L))
                            .thenComparing(p -> -ordinal(p)))
                    .ifPresent(p -> promote(p.getMetadata().getName()));
        }
        pods().stream().filter(World::isReady).forEach(p -> {
            var name = p.getMetadata().getName();
            if (!frozenWal.contains(name) || isLeader(name)) {
                walOfMember.put(name, wal);
            }
            if ((ticks + ordinal(p)) % 2 == 0) {
                parameters.look(name, maxConnections);
            }
            put(new PodBuilder(p)
                    .editMetadata()
                    .addToAnnotations("status", status(name))
                    .endMetadata()
                    .build());
        });
        leader.map(name -> parameters.replicate(name, maxConnections))
                .filter(problem -> !problem.isEmpty())
                .ifPresent(violations::add);
        writeDcs();
    }

    void promote(String name) {
        if (leader.isPresent() && walOfMember.getOrDefault(name, 0L) < wal - 16L * 1024 * 1024) {
            violations.add(name + " took over far behind");
        }
        leader.filter(former -> !former.equals(name)).ifPresent(former -> parameters.demote(former, maxConnections));
        leader = Optional.of(name);
        timeline++;
    }

    private boolean isLeader(String name) {
        return leader.filter(name::equals).isPresent();
    }

    private String status(String name) {
        var leads = isLeader(name);
        var status = new TreeMap<String, Object>(Map.of(
                "state",
                leads ? "running" : "streaming",
                "role",
                leads ? "primary" : "replica",
                "timeline",
                timeline,
                "xlog_location",
                walOfMember.getOrDefault(name, 0L)));
        if (cutOff.contains(name) && !leads) {
            status.put("state", "running");
            status.put("version", "4.0.7");
        }
        var pending = asFarAsTold(parameters.told(name, maxConnections));
        if (pending.isPending()) {
            var reasons = new TreeMap<String, Object>();
            pending.settings()
                    .forEach((setting, change) ->
                            reasons.put(setting, Map.of("old_value", change.before(), "new_value", change.after())));
            status.put("pending_restart", true);
            status.put("pending_restart_reason", reasons);
        }
        return text(status);
    }

    private void writeDcs() {
        leader.ifPresent(name -> {
            putConfigMap(
                    "leader",
                    Map.of("leader", name, "renewTime", clock.instant().toString(), "ttl", String.valueOf(LEADER_TTL)));
            var configuration =
                    Map.of("postgresql", Map.of("parameters", Map.of(SimulatedParameters.NAME, maxConnections)));
            putConfigMap("config", Map.of("initialize", "4711", "config", text(configuration)));
        });
    }

    private void putConfigMap(String suffix, Map<String, String> annotations) {
        var any = pods().stream().findFirst();
        if (any.isEmpty()) {
            return;
        }
        ConfigMap map = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(any.get().getMetadata().getNamespace())
                .withName(cluster + "-" + suffix)
                .withLabels(statefulSet().orElseThrow().getSpec().getSelector().getMatchLabels())
                .withAnnotations(annotations)
                .withUid("dcs-" + suffix)
                .addNewManagedField()
                .withManager("Patroni")
                .withTime(configuredAt.toString())
                .endManagedField()
                .endMetadata()
                .build();
        put(map);
    }

    private void podGoes(String name) {
        parameters.forget(name);
        long others = pods().stream()
                .filter(World::isReady)
                .filter(p -> !p.getMetadata().getName().equals(name))
                .count();
        if (isLeader(name)) {
            if (others > 0) {
                violations.add("the primary " + name + " was taken away while others could have taken over");
            }
            leader = Optional.empty();
        }
    }

    /** Server-side apply as far as matters here: the given object, with the identity of the one there was. */
    private HasMetadata store(HasMetadata desired) {
        var ref = ObjectRef.of(desired);
        var before = objects.get(ref);
        var copy = copy(desired);
        copy.getMetadata()
                .setUid(before == null ? "uid-" + ++uids : before.getMetadata().getUid());
        long generation = before == null
                ? 0
                : Optional.ofNullable(before.getMetadata().getGeneration()).orElse(0L);
        copy.getMetadata().setGeneration(generation + 1);
        if (copy instanceof StatefulSet set && before instanceof StatefulSet old) {
            set.setStatus(old.getStatus());
        }
        put(copy);
        return copy;
    }

    private List<ManagedFieldsEntry> ours(HasMetadata desired) {
        var fields = fieldsOf(json.convertValue(desired, Map.class));
        return List.of(new ManagedFieldsEntryBuilder()
                .withManager(FieldManagers.OURS)
                .withFieldsV1(json.convertValue(fields, FieldsV1.class))
                .build());
    }

    /** As the API server notes them; lists as one value each. */
    private static Map<String, Object> fieldsOf(Map<?, ?> tree) {
        var fields = new TreeMap<String, Object>();
        tree.forEach(
                (name, value) -> fields.put("f:" + name, value instanceof Map<?, ?> map ? fieldsOf(map) : Map.of()));
        return fields;
    }

    private void put(HasMetadata object) {
        objects.put(ObjectRef.of(object), object);
    }

    @SuppressWarnings("unchecked")
    private <T extends HasMetadata> T copy(T object) {
        return (T) json.convertValue(json.convertValue(object, Map.class), object.getClass());
    }

    private String text(Map<String, ?> map) {
        try {
            return json.writeValueAsString(map);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
    }

    private static int ordinal(Pod pod) {
        return ordinalOf(pod.getMetadata().getName());
    }

    private static int ordinalOf(String name) {
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }
}
