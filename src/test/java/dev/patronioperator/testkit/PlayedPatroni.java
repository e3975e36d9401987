package dev.patronioperator.testkit;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EndpointAddressBuilder;
import io.fabric8.kubernetes.api.model.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.EndpointSubsetBuilder;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;

import dev.patronioperator.patroni.model.DynamicConfig;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.postgres.parameters.ParameterCatalogue;
import dev.patronioperator.testkit.FakePatroni.Reply;
import dev.patronioperator.testkit.FakePatroni.Request;

/**
 * Patroni of one cluster, as far as Kubernetes and an operator see it: role labels, what members say of themselves, the leader's and the configuration's records,
 * and the REST API. Members come and go; the leader keeps its lock alive. With a DCS that is not Kubernetes nothing is written but the role labels, which is what
 * Spilo's callback does.
 */
final class PlayedPatroni implements AutoCloseable {

    private static final String SYSTEM_ID = "7561043962842742851";
    private static final long WAL_START = 83_886_080;

    private final KubernetesClient client;
    private final String namespace;
    private final String scope;
    private final Function<Supplier<Reply>, Reply> onStage;
    private final Consumer<PatroniCall> calls;
    private final Map<String, PlayedMember> members = new TreeMap<>();
    private Map<String, String> environment = Map.of();
    /** The major version of the data: that of the first pod, as an image starts the binaries that fit. */
    private Optional<Integer> dataVersion = Optional.empty();

    private Optional<DynamicConfig> config = Optional.empty();
    private String leader = "";
    private String acquired = "";
    private int transitions;
    private long wal = WAL_START;

    /**
     * @param onStage runs what a request asks for in turn with everything else that happens to the cluster
     * @param calls told of requests that change something
     */
    PlayedPatroni(
            KubernetesClient client,
            String namespace,
            String scope,
            Function<Supplier<Reply>, Reply> onStage,
            Consumer<PatroniCall> calls) {
        this.client = client;
        this.namespace = namespace;
        this.scope = scope;
        this.onStage = onStage;
        this.calls = calls;
    }

    /** The cluster that a pod says it belongs to. */
    static Optional<String> scope(Pod pod) {
        return Optional.ofNullable(environment(pod).get("SCOPE"));
    }

    /**
     * The address of a pod. A member that announces its port shares the machine's with all others; one whose DCS is elsewhere announces nothing, and has to be on
     * Patroni's usual port, at an address of its own.
     */
    static String address(Pod pod) {
        return scope(pod).isEmpty() || writesToKubernetes(environment(pod))
                ? PlayedPod.ADDRESS
                : "127.%d.%d.%d".formatted(loopbackPart(pod, 16), loopbackPart(pod, 8), loopbackPart(pod, 0));
    }

    private static int loopbackPart(Pod pod, int shift) {
        return 1 + Math.floorMod(pod.getMetadata().getUid().hashCode() >> shift, 253);
    }

    void join(Pod pod, String address, boolean startFailed) {
        var name = pod.getMetadata().getName();
        var uid = pod.getMetadata().getUid();
        var there = Optional.ofNullable(members.get(name));
        if (there.filter(member -> member.uid().equals(uid)).isPresent()) {
            return;
        }
        there.ifPresent(PlayedMember::close);
        environment = environment(pod);
        dataVersion = dataVersion.or(
                () -> Optional.ofNullable(environment.get("PGVERSION")).map(Integer::valueOf));
        var member = writesToKubernetes(environment)
                ? PlayedMember.atAnyPort(name, uid, address, this::answer)
                : PlayedMember.atTheUsualPort(name, uid, address, this::answer);
        if (startFailed) {
            say(member, "start failed");
            member.close();
            return;
        }
        members.put(name, member);
        if (leader.isEmpty() || leader.equals(name)) {
            lead(name);
        } else {
            say(member, "running");
        }
    }

    void leave(String name, String uid) {
        if (!members.containsKey(name) || !members.get(name).uid().equals(uid)) {
            return;
        }
        members.remove(name).close();
        if (name.equals(leader)) {
            leader = "";
            members.keySet().stream().findFirst().ifPresent(this::lead);
        }
    }

    void lead(String name) {
        if (!acquired.isEmpty()) {
            transitions++;
        }
        leader = name;
        acquired = timestamp();
        writeRecords();
        members.values().forEach(member -> say(member, "running"));
    }

    /** What each member does every {@code loop_wait}, whether or not something happens. */
    void heartbeat() {
        if (!leader.isEmpty()) {
            wal += 4096;
            writeRecords();
            members.values().forEach(member -> say(member, "running"));
        }
    }

    @Override
    public void close() {
        members.values().forEach(PlayedMember::close);
    }

    private Reply answer(PlayedMember member, Request request) {
        var what = request.method() + " " + request.path();
        if (!request.method().equals("GET")) {
            calls.accept(new PatroniCall(namespace, member.name(), what, request.body()));
        }
        return onStage.apply(() -> switch (what) {
            case "GET /cluster" -> Reply.json(200, topology());
            case "GET /patroni" -> Reply.json(200, member.status(leads(member), wal, timeline(), dataVersion));
            case "GET /config" -> configReply();
            case "PATCH /config" -> patch(request.body());
            case "POST /restart" -> restart(member, request.body());
            case "POST /switchover" -> switchover(request.body());
            default -> new Reply(501, "Unsupported method");
        });
    }

    private ObjectNode topology() {
        var cluster = JsonNodeFactory.instance.objectNode().put("scope", scope);
        var list = cluster.putArray("members");
        members.values().forEach(member -> list.add(member.inTopology(leads(member), timeline())));
        return cluster;
    }

    private Reply configReply() {
        return config.map(tree -> Reply.json(200, FakePatroni.JSON.valueToTree(tree.tree())))
                .orElseGet(() -> new Reply(502, ""));
    }

    private Reply patch(String body) {
        var before = config.orElseThrow();
        var patched = before.patched(tree(body));
        config = Optional.of(patched);
        var earlier = before.parameters();
        patched.parameters().forEach((name, value) -> {
            if (needsRestart(name) && !value.equals(earlier.get(name))) {
                members.values().forEach(member -> member.needsRestart(name, earlier.getOrDefault(name, ""), value));
            }
        });
        heartbeat();
        return configReply();
    }

    private boolean needsRestart(String parameter) {
        return ParameterCatalogue.of(environment.getOrDefault("PGVERSION", ""))
                .impact(parameter)
                .filter(Impact.RESTART::equals)
                .isPresent();
    }

    private Reply restart(PlayedMember member, String body) {
        var reply = member.restart(Boolean.TRUE.equals(tree(body).get("restart_pending")));
        heartbeat();
        return reply;
    }

    private Reply switchover(String body) {
        var candidate = String.valueOf(tree(body).get("candidate"));
        if (!leader.equals(tree(body).get("leader"))) {
            return new Reply(412, "leader name does not match");
        }
        if (candidate.equals(leader) || !members.containsKey(candidate)) {
            return new Reply(412, "candidate does not exists");
        }
        lead(candidate);
        return new Reply(200, "Successfully switched over to \"" + candidate + "\"");
    }

    private static Map<String, Object> tree(String body) {
        return tree(Serialization.unmarshal(body, JsonNode.class));
    }

    private static Map<String, Object> tree(JsonNode json) {
        return FakePatroni.JSON.convertValue(json, new TypeReference<>() {});
    }

    private boolean leads(PlayedMember member) {
        return member.name().equals(leader);
    }

    private int timeline() {
        return transitions + 1;
    }

    private boolean writesToKubernetes() {
        return writesToKubernetes(environment);
    }

    private static boolean writesToKubernetes(Map<String, String> environment) {
        return "true".equals(environment.get("DCS_ENABLE_KUBERNETES_API"));
    }

    private void say(PlayedMember member, String state) {
        var role = leads(member) ? "master" : "replica";
        var patch = JsonNodeFactory.instance.objectNode();
        var metadata = patch.putObject("metadata").put("uid", member.uid());
        metadata.putObject("labels").put(roleLabel(), role);
        if (writesToKubernetes()) {
            var status = member.annotation(leads(member), state, wal, timeline());
            metadata.putObject("annotations").put("status", status.toString());
        }
        client.pods()
                .inNamespace(namespace)
                .withName(member.name())
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
    }

    private void writeRecords() {
        if (config.isEmpty()) {
            config = Optional.of(bootstrapped());
        }
        if (!writesToKubernetes()) {
            return;
        }
        var lock = Map.of(
                "leader",
                leader,
                "acquireTime",
                acquired,
                "renewTime",
                timestamp(),
                "ttl",
                "30",
                "transitions",
                Integer.toString(transitions),
                "optime",
                Long.toString(wal));
        if ("true".equals(environment.get("KUBERNETES_USE_CONFIGMAPS"))) {
            apply(new ConfigMapBuilder()
                    .withMetadata(meta(scope + "-leader", lock))
                    .build());
            apply(new ConfigMapBuilder()
                    .withMetadata(meta(scope + "-config", configuration()))
                    .build());
        } else {
            apply(new EndpointsBuilder()
                    .withMetadata(meta(scope, lock))
                    .withSubsets(leaderSubset())
                    .build());
            apply(new EndpointsBuilder()
                    .withMetadata(meta(scope + "-config", configuration()))
                    .build());
        }
    }

    private EndpointSubset leaderSubset() {
        return new EndpointSubsetBuilder()
                .withAddresses(new EndpointAddressBuilder()
                        .withIp(members.get(leader).address())
                        .withNewTargetRef()
                        .withKind("Pod")
                        .withName(leader)
                        .withNamespace(namespace)
                        .endTargetRef()
                        .build())
                .withPorts(new EndpointPortBuilder()
                        .withName("postgresql")
                        .withPort(5432)
                        .withProtocol("TCP")
                        .build())
                .build();
    }

    /** The dynamic configuration that Spilo bootstraps a cluster with, once: what the operator asks for, over its own. */
    private DynamicConfig bootstrapped() {
        var asked = Serialization.unmarshal(environment.getOrDefault("SPILO_CONFIGURATION", "{}"), JsonNode.class);
        return new DynamicConfig(Map.of("ttl", 30, "loop_wait", 10, "retry_timeout", 10))
                .patched(asked.at("/bootstrap/dcs").isObject() ? tree(asked.at("/bootstrap/dcs")) : Map.of());
    }

    private Map<String, String> configuration() {
        var text = Serialization.asJson(config.orElseThrow().tree());
        return Map.of("initialize", SYSTEM_ID, "config", text, "history", "[]");
    }

    private ObjectMeta meta(String name, Map<String, String> annotations) {
        var labels = new HashMap<String, String>();
        Serialization.unmarshal(environment.getOrDefault("KUBERNETES_LABELS", "{}"), JsonNode.class)
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        labels.put(environment.getOrDefault("KUBERNETES_SCOPE_LABEL", "cluster-name"), scope);
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(labels)
                .withAnnotations(annotations)
                .build();
    }

    private void apply(HasMetadata object) {
        client.resource(object).fieldManager("patroni").forceConflicts().serverSideApply();
    }

    private String roleLabel() {
        return environment.getOrDefault("KUBERNETES_ROLE_LABEL", "spilo-role");
    }

    private static String timestamp() {
        return DateTimeFormatter.ISO_INSTANT.format(Instant.now());
    }

    private static Map<String, String> environment(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .filter(container -> container.getName().equals("postgres"))
                .flatMap(container -> container.getEnv().stream())
                .filter(variable -> variable.getValue() != null)
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue, (first, second) -> second));
    }
}
