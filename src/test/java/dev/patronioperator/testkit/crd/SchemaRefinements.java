package dev.patronioperator.testkit.crd;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;

/**
 * What fabric8's annotations cannot say about a schema, by path ({@link SchemaNodes}), and what they never say about Kubernetes' own
 * types: their required fields, the range of integers, the form of quantities.
 *
 * <p>Ranges matter more than they seem to: a number that does not fit its Java type would make the whole list of clusters unreadable, so
 * the API server has to refuse it.
 */
public final class SchemaRefinements {

    /** Kubernetes' quantity: a number with an optional suffix, as text or as a bare number. */
    static final String QUANTITY = "^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d+)?$";

    private static final Set<String> LONGS = Set.of(
            "spiloRunAsUser",
            "spiloRunAsGroup",
            "spiloFSGroup",
            "runAsUser",
            "runAsGroup",
            "maximum_lag_on_failover",
            "tolerationSeconds",
            "terminationGracePeriodSeconds",
            "seconds",
            "observedGeneration",
            "timeline",
            "lag");

    /** Required fields of Kubernetes' types, by the end of the path. */
    private static final Map<String, List<String>> REQUIRED = Map.ofEntries(
            Map.entry("env[]", List.of("name")),
            Map.entry("initContainers[]", List.of("name")),
            Map.entry("init_containers[]", List.of("name")),
            Map.entry(".configMapKeyRef", List.of("key")),
            Map.entry(".secretKeyRef", List.of("key")),
            Map.entry(".fieldRef", List.of("fieldPath")),
            Map.entry(".resourceFieldRef", List.of("resource")),
            Map.entry(".fileKeyRef", List.of("key", "path", "volumeName")),
            Map.entry(".httpGet", List.of("port")),
            Map.entry(".tcpSocket", List.of("port")),
            Map.entry(".grpc", List.of("port")),
            Map.entry(".sleep", List.of("seconds")),
            Map.entry(".httpHeaders[]", List.of("name", "value")),
            Map.entry(".ports[]", List.of("containerPort")),
            Map.entry(".volumeMounts[]", List.of("mountPath", "name")),
            Map.entry(".volumeDevices[]", List.of("devicePath", "name")),
            Map.entry(".claims[]", List.of("name")),
            Map.entry(".resizePolicy[]", List.of("resourceName", "restartPolicy")),
            Map.entry(".matchExpressions[]", List.of("key", "operator")),
            Map.entry(".matchFields[]", List.of("key", "operator")),
            Map.entry(".requiredDuringSchedulingIgnoredDuringExecution", List.of("nodeSelectorTerms")),
            Map.entry(".preferredDuringSchedulingIgnoredDuringExecution[]", List.of("preference", "weight")),
            Map.entry(".topologySpreadConstraints[]", List.of("maxSkew", "topologyKey", "whenUnsatisfiable")),
            Map.entry("status.conditions[]", List.of("lastTransitionTime", "message", "reason", "status", "type")));

    private final Map<String, Consumer<JSONSchemaProps>> byPath = new LinkedHashMap<>();

    private SchemaRefinements() {}

    public static SchemaRefinements none() {
        return new SchemaRefinements();
    }

    public SchemaRefinements allow(String path, Stream<String> values) {
        return at(
                path,
                node -> node.setEnum(values.<JsonNode>map(TextNode::valueOf).toList()));
    }

    public SchemaRefinements format(String path, String format) {
        return at(path, node -> node.setFormat(format));
    }

    public SchemaRefinements nullable(String path) {
        return at(path, node -> node.setNullable(true));
    }

    public SchemaRefinements required(String path, String... fields) {
        return at(path, node -> node.setRequired(List.copyOf(new TreeSet<>(List.of(fields)))));
    }

    /** An object whose fields nobody checks. */
    public SchemaRefinements anyObject(String path) {
        return at(path, node -> {
            node.setProperties(null);
            node.setAdditionalProperties(null);
            node.setXKubernetesPreserveUnknownFields(true);
        });
    }

    /** Any other change of one node. */
    public SchemaRefinements at(String path, Consumer<JSONSchemaProps> change) {
        byPath.merge(path, change, Consumer::andThen);
        return this;
    }

    /**
     * @throws IllegalArgumentException for a path that is not in the schema, such as one that outlived its field
     */
    void applyTo(JSONSchemaProps root) {
        byPath.forEach((path, change) -> {
            var node = SchemaNodes.of(root).get(path);
            if (node == null) {
                throw new IllegalArgumentException("no such field in the schema: " + path);
            }
            change.accept(node);
        });
        SchemaNodes.of(root).forEach(SchemaRefinements::knownType);
    }

    private static void knownType(String path, JSONSchemaProps node) {
        if (node.getXKubernetesValidations() != null) {
            // A rule at a record component is found twice: at the field and at its accessor.
            node.setXKubernetesValidations(
                    node.getXKubernetesValidations().stream().distinct().toList());
        }
        if ("integer".equals(node.getType())) {
            boundedInteger(path.substring(path.lastIndexOf('.') + 1), node);
        }
        if (Boolean.TRUE.equals(node.getXKubernetesIntOrString()) && !path.endsWith(".port")) {
            node.setPattern(QUANTITY);
        }
        REQUIRED.forEach((suffix, fields) -> {
            if (path.endsWith(suffix)) {
                node.setRequired(fields);
            }
        });
    }

    private static void boundedInteger(String name, JSONSchemaProps node) {
        boolean wide = LONGS.contains(name);
        node.setFormat(wide ? "int64" : "int32");
        if (!wide) {
            node.setMinimum(node.getMinimum() == null ? Double.valueOf(Integer.MIN_VALUE) : node.getMinimum());
            node.setMaximum(node.getMaximum() == null ? Double.valueOf(Integer.MAX_VALUE) : node.getMaximum());
        }
    }
}
