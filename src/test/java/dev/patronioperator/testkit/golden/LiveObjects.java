package dev.patronioperator.testkit.golden;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

import dev.patronioperator.api.Postgresql;

/**
 * The objects that an operator has made on an API server, in the form of the cases: by {@code Kind namespace/name}, without what no two runs have in common. What
 * the API server fills in stays; {@link TreeDifference} does not count it.
 */
public final class LiveObjects {

    private static final List<ResourceDefinitionContext> KINDS = List.of(
            kind("apps", "v1", "StatefulSet", "statefulsets"),
            kind("apps", "v1", "Deployment", "deployments"),
            kind("", "v1", "Service", "services"),
            kind("", "v1", "Endpoints", "endpoints"),
            kind("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets"),
            kind("", "v1", "Secret", "secrets"),
            kind("", "v1", "ConfigMap", "configmaps"),
            kind("batch", "v1", "CronJob", "cronjobs"),
            kind("", "v1", "ServiceAccount", "serviceaccounts"),
            kind("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings"),
            kind("zalando.org", "v1", "FabricEventStream", "fabriceventstreams"));

    private static ResourceDefinitionContext kind(String group, String version, String kind, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }

    private static final Set<String> OF_KUBERNETES =
            Set.of("ConfigMap kube-root-ca.crt", "ServiceAccount default", "ConfigMap openshift-service-ca.crt");

    /** What Patroni keeps beside the cluster's own objects; the cases do not record it. */
    private static final String OF_PATRONI = "(ConfigMap|Endpoints|Service) %s-(config|leader|failover|sync)";

    private static final List<String> LOCK =
            List.of("leader", "acquireTime", "renewTime", "ttl", "transitions", "optime", "retain_slots");

    private static final String MOMENT = "20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z";

    private final KubernetesClient client;

    public LiveObjects(KubernetesClient client) {
        this.client = client;
    }

    /** What exists of these cases, read at once for all of them. */
    public Map<GoldenCase, Map<String, JsonNode>> of(List<GoldenCase> cases) {
        var all = KINDS.stream().flatMap(kind -> list(kind).stream()).toList();
        var clusters =
                client.resources(Postgresql.class).inAnyNamespace().list().getItems();
        return cases.stream().collect(Collectors.toMap(golden -> golden, golden -> of(golden, all, clusters)));
    }

    private List<GenericKubernetesResource> list(ResourceDefinitionContext kind) {
        try {
            return client.genericKubernetesResources(kind)
                    .inAnyNamespace()
                    .list()
                    .getItems();
        } catch (KubernetesClientException notDefined) {
            if (notDefined.getCode() == 404) {
                return List.of();
            }
            throw notDefined;
        }
    }

    private Map<String, JsonNode> of(
            GoldenCase golden, List<GenericKubernetesResource> all, List<Postgresql> clusters) {
        var namespaces = golden.namespaces();
        var text = golden.first().manifests().toString() + golden.update();
        var uids = clusters.stream()
                .filter(cluster -> namespaces.contains(cluster.getMetadata().getNamespace()))
                .map(cluster -> cluster.getMetadata().getUid())
                .toList();
        var objects = new TreeMap<String, JsonNode>();
        all.stream()
                .filter(object -> namespaces.contains(object.getMetadata().getNamespace()))
                .filter(object -> !isOfOthers(golden, object))
                .forEach(object -> objects.put(key(object), normalised(object, text, uids)));
        return objects;
    }

    /** Kind, namespace and name; the random end of a stream's name is left out. */
    public static String key(GenericKubernetesResource object) {
        var name = object.getMetadata().getName();
        return object.getKind() + " " + object.getMetadata().getNamespace() + "/"
                + (object.getKind().equals("FabricEventStream")
                        ? name.replaceFirst("-[a-z0-9]{5}$", "-<random>")
                        : name);
    }

    private static boolean isOfOthers(GoldenCase golden, GenericKubernetesResource object) {
        var kindAndName = object.getKind() + " " + object.getMetadata().getName();
        return OF_KUBERNETES.contains(kindAndName)
                || isManagedByKubernetes(object)
                || golden.first().manifests().stream()
                        .anyMatch(manifest -> kindAndName.matches(OF_PATRONI.formatted(
                                manifest.at("/metadata/name").asText())))
                || golden.update().orElse(golden.first()).existing().stream()
                        .anyMatch(there -> there.path("kind").asText().equals(object.getKind())
                                && there.at("/metadata/namespace")
                                        .asText()
                                        .equals(object.getMetadata().getNamespace())
                                && there.at("/metadata/name")
                                        .asText()
                                        .equals(object.getMetadata().getName()));
    }

    /** The endpoints of a Service that has a selector. */
    private static boolean isManagedByKubernetes(GenericKubernetesResource object) {
        var labels = object.getMetadata().getLabels();
        return object.getKind().equals("Endpoints")
                && labels != null
                && labels.containsKey("endpoints.kubernetes.io/managed-by");
    }

    private JsonNode normalised(GenericKubernetesResource object, String manifests, List<String> uids) {
        ObjectNode tree = client.getKubernetesSerialization().convertValue(object, ObjectNode.class);
        tree.remove(List.of("apiVersion", "kind", "status"));
        metadata((ObjectNode) tree.path("metadata"));
        switch (object.getKind()) {
            case "Service" -> service((ObjectNode) tree.path("spec"), manifests);
            case "Secret" -> secret(tree);
            case "Endpoints" -> tree.remove("subsets");
            case "StatefulSet" ->
                tree.at("/spec/volumeClaimTemplates")
                        .forEach(claim -> ((ObjectNode) claim).remove(List.of("status", "apiVersion", "kind")));
            default -> {}
        }
        withoutCreationTimestamps(tree);
        var text = YamlTrees.asText(tree).replaceAll(MOMENT, "<time>");
        for (var uid : uids) {
            text = text.replace(uid, "<uid>");
        }
        return YamlTrees.parse(text);
    }

    private static void metadata(ObjectNode metadata) {
        metadata.retain("labels", "annotations", "ownerReferences", "finalizers");
        if (metadata.path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(LOCK);
            annotations.remove(List.of(
                    "deployment.kubernetes.io/revision",
                    "kubectl.kubernetes.io/last-applied-configuration",
                    "endpoints.kubernetes.io/last-change-trigger-time"));
        }
    }

    private static void service(ObjectNode spec, String manifests) {
        spec.remove(List.of("clusterIPs", "healthCheckNodePort", "ipFamilies"));
        if (!spec.path("clusterIP").asText().equals("None")) {
            spec.remove("clusterIP");
        }
        spec.path("ports").forEach(port -> {
            if (port.has("nodePort")
                    && !manifests.contains(port.path("nodePort").asText())) {
                ((ObjectNode) port).put("nodePort", "<nodePort>");
            }
        });
    }

    /** Readable, but for passwords: of those only whether there is one. */
    private static void secret(ObjectNode secret) {
        if (secret.path("data") instanceof ObjectNode data) {
            for (var entry : YamlTrees.fields(data).entrySet()) {
                var value =
                        new String(Base64.getDecoder().decode(entry.getValue().asText()), StandardCharsets.UTF_8);
                if (entry.getKey().equals("userlist.txt")) {
                    value = value.replaceAll("(?m)^(\"[^\"]*\") \"[^\"]+\"", "$1 \"<password>\"");
                } else if (entry.getKey().toLowerCase(Locale.ROOT).contains("password") && !value.isEmpty()) {
                    value = "<password>";
                }
                data.put(entry.getKey(), value);
            }
        }
    }

    private static void withoutCreationTimestamps(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            object.remove("creationTimestamp");
            object.forEach(LiveObjects::withoutCreationTimestamps);
        } else if (tree instanceof ArrayNode list) {
            list.forEach(LiveObjects::withoutCreationTimestamps);
        }
    }
}
