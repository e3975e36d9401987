package dev.patronioperator.fixpoint;

import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.testkit.Manifests;

/** A manifest in which every field has a value, and the same with another value in one of them. */
final class EditedManifest {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
    private static final Path FULL = Path.of("src/test/resources/impact/manifest.yaml");

    /** Values where just any other one would not be valid. */
    private static final Map<String, String> OTHER = Map.ofEntries(
            Map.entry("spec.postgresql.version", "'18'"),
            Map.entry("spec.volume.size", "20Gi"),
            Map.entry("spec.volume.selector", "{matchLabels: {tier: two}}"),
            Map.entry("spec.maintenanceWindows", "['02:00-04:00']"),
            Map.entry("spec.users", "{app: [], reports: []}"),
            Map.entry("spec.userOptions", "{app: {connectionLimit: 20}}"),
            Map.entry("spec.databases", "{orders: app, more: app}"),
            Map.entry("spec.usersWithSecretRotation", "[]"),
            Map.entry("spec.usersWithInPlaceSecretRotation", "[]"),
            Map.entry("spec.usersIgnoringSecretRotation", "[app]"),
            Map.entry("spec.preparedDatabases", "{shop: {defaultUsers: true}}"),
            Map.entry("spec.patroni.pg_hba", "['hostssl all all 10.0.0.0/8 md5']"),
            Map.entry("spec.patroni.slots", "{feed: {type: physical}, other: {type: physical}}"),
            Map.entry("spec.patroni.initdb", "{encoding: UTF8, locale: C}"),
            Map.entry("spec.clone.uid", "efd12e58-5786-11e8-b5a7-06148230260d"),
            Map.entry("spec.clone.timestamp", "'2026-03-01T13:00:00+00:00'"),
            Map.entry("spec.streams", "[]"),
            Map.entry("spec.standby.standby_port", "'5433'"),
            Map.entry("spec.allowedSourceRanges", "[192.168.0.0/16]"),
            Map.entry("spec.connectionPooler.mode", "session"),
            Map.entry("spec.connectionPooler.maxDBConnections", "120"),
            Map.entry("spec.connectionPooler.parameters", "{query_wait_timeout: '40'}"),
            Map.entry("spec.connectionPooler.resources", "{requests: {cpu: 200m, memory: 100Mi}}"),
            Map.entry("spec.logicalBackupSchedule", "'40 00 * * *'"),
            Map.entry("spec.resources", "{requests: {cpu: 200m, memory: 256Mi}}"),
            Map.entry("spec.livenessProbe", "{httpGet: {path: /liveness, port: 8008}, periodSeconds: 20}"),
            Map.entry(
                    "spec.nodeAffinity",
                    "{requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: disk, "
                            + "operator: In, values: [nvme]}]}]}}"),
            Map.entry(
                    "spec.topologySpreadConstraints",
                    "[{maxSkew: 2, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {a: b}}}]"),
            Map.entry("spec.tolerations", "[{key: other, operator: Exists, effect: NoSchedule}]"),
            Map.entry("spec.initContainers", "[{name: first, image: 'busybox:2'}]"),
            Map.entry("spec.init_containers", "[{name: first, image: 'busybox:2'}]"),
            Map.entry("spec.sidecars", "[{name: exporter, image: 'exporter:2'}]"),
            Map.entry("spec.additionalVolumes", "[{name: extra, mountPath: /other, volumeSource: {emptyDir: {}}}]"),
            Map.entry("spec.env", "[{name: A, value: c}]"),
            Map.entry("spec.envFrom", "[{configMapRef: {name: others}}]"),
            Map.entry("spec.useLoadBalancer", "true"),
            Map.entry("spec.replicaLoadBalancer", "true"),
            Map.entry("spec.pod_priority_class_name", "low"));

    private EditedManifest() {}

    static Postgresql full() {
        return manifest(fullTree());
    }

    /**
     * The full manifest, as far as the field can count in it: a standby is no clone, and an older spelling counts where the newer one is
     * absent.
     */
    static Postgresql base(String field) {
        return manifest(baseTree(field));
    }

    static Postgresql edited(String field) {
        var tree = baseTree(field);
        var parent = parent(tree, field);
        var name = field.substring(field.lastIndexOf('.') + 1);
        parent.set(name, OTHER.containsKey(field) ? yaml(OTHER.get(field)) : other(parent.get(name)));
        return manifest(tree);
    }

    static Postgresql edited(String field, String value) {
        var tree = baseTree(field);
        parent(tree, field).set(field.substring(field.lastIndexOf('.') + 1), yaml(value));
        return manifest(tree);
    }

    private static JsonNode other(JsonNode value) {
        return switch (value) {
            case null -> throw new AssertionError("the full manifest lacks the field");
            case JsonNode flag when flag.isBoolean() -> YAML.getNodeFactory().booleanNode(!flag.asBoolean());
            case JsonNode number
            when number.isIntegralNumber() -> YAML.getNodeFactory().numberNode(number.asLong() + 1);
            case JsonNode text when text.isTextual() -> YAML.getNodeFactory().textNode(text.asText() + "x");
            case ObjectNode map -> map.deepCopy().put("other", "value");
            case ArrayNode list -> list.deepCopy().add("other");
            default -> throw new AssertionError(value);
        };
    }

    private static ObjectNode baseTree(String field) {
        var tree = fullTree();
        var spec = (ObjectNode) tree.get("spec");
        if (field.startsWith("spec.standby.")) {
            spec.remove("clone");
            spec.set(
                    "standby",
                    yaml("{standby_host: source, standby_port: '5432', standby_primary_slot_name: slot, "
                            + (field.endsWith("gs_wal_path")
                                    ? "gs_wal_path: 'gs://a/b'}"
                                    : "s3_wal_path: 's3://a/b'}")));
        }
        if (field.equals("spec.useLoadBalancer") || field.equals("spec.replicaLoadBalancer")) {
            spec.remove("enableMasterLoadBalancer");
            spec.remove("enableReplicaLoadBalancer");
        }
        if (field.equals("spec.pod_priority_class_name")) {
            spec.remove("podPriorityClassName");
        }
        if (field.equals("spec.init_containers")) {
            spec.remove("initContainers");
        }
        return tree;
    }

    private static ObjectNode parent(ObjectNode tree, String field) {
        var node = tree;
        var names = field.split("\\.");
        for (int i = 0; i < names.length - 1; i++) {
            node = (ObjectNode) node.get(names[i]);
        }
        return node;
    }

    private static ObjectNode fullTree() {
        return (ObjectNode) Manifests.documents(FULL).getFirst();
    }

    private static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static Postgresql manifest(ObjectNode tree) {
        return SERIALIZATION.convertValue(tree, Postgresql.class);
    }
}
