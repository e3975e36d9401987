package dev.patronioperator.testkit;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * Patroni of one cluster, as far as Kubernetes sees it: role labels, what members say of themselves, the leader's and the configuration's records. Members come
 * and go; the leader keeps its lock alive.
 */
final class PlayedPatroni {

    private static final String SYSTEM_ID = "7561043962842742851";
    private static final long WAL_START = 83_886_080;

    private final KubernetesClient client;
    private final String namespace;
    private final String scope;
    private final Map<String, String> members = new TreeMap<>();
    private Map<String, String> environment = Map.of();
    private String leader = "";
    private String acquired = "";
    private int transitions;
    private long wal = WAL_START;

    PlayedPatroni(KubernetesClient client, String namespace, String scope) {
        this.client = client;
        this.namespace = namespace;
        this.scope = scope;
    }

    /** The cluster that a pod says it belongs to. */
    static Optional<String> scope(Pod pod) {
        return Optional.ofNullable(environment(pod).get("SCOPE"));
    }

    void join(Pod pod, String address, boolean startFailed) {
        var name = pod.getMetadata().getName();
        environment = environment(pod);
        if (startFailed) {
            say(name, address, "start failed");
            return;
        }
        members.put(name, address);
        if (leader.isEmpty()) {
            lead(name);
        } else {
            say(name, address, "running");
        }
    }

    void leave(String name) {
        members.remove(name);
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
        members.forEach((member, address) -> say(member, address, "running"));
    }

    /** What each member does every {@code loop_wait}, whether or not something happens. */
    void heartbeat() {
        if (!leader.isEmpty()) {
            wal += 4096;
            writeRecords();
            members.forEach((member, address) -> say(member, address, "running"));
        }
    }

    private void say(String name, String address, String state) {
        var leads = name.equals(leader);
        var status = JsonNodeFactory.instance.objectNode();
        status.put("conn_url", "postgres://" + address + ":5432/postgres");
        status.put("api_url", "http://" + address + ":8008/patroni");
        status.put("state", state);
        status.put("role", leads ? "primary" : "replica");
        status.put("version", "4.0.7");
        if (state.equals("running")) {
            status.put("xlog_location", wal);
            status.put("timeline", transitions + 1);
            if (!leads) {
                status.put("replication_state", "streaming");
            }
        }
        client.pods().inNamespace(namespace).withName(name).edit(pod -> new PodBuilder(pod)
                .editMetadata()
                .addToLabels(roleLabel(), leads ? "master" : "replica")
                .addToAnnotations("status", status.toString())
                .endMetadata()
                .build());
    }

    private void writeRecords() {
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
                        .withIp(members.get(leader))
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

    /** The dynamic configuration that Spilo bootstraps a cluster with: what the operator asks for, over its own. */
    private Map<String, String> configuration() {
        ObjectNode dcs = JsonNodeFactory.instance.objectNode();
        dcs.put("ttl", 30).put("loop_wait", 10).put("retry_timeout", 10);
        var asked = environment.getOrDefault("SPILO_CONFIGURATION", "{}");
        Serialization.unmarshal(asked, JsonNode.class)
                .path("bootstrap")
                .path("dcs")
                .properties()
                .forEach(entry -> dcs.set(entry.getKey(), entry.getValue()));
        return Map.of("initialize", SYSTEM_ID, "config", dcs.toString(), "history", "[]");
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
