package dev.patronioperator.testkit.golden;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Takes out of an object what the API server would put in by itself, so that an object that says it and one that leaves it out are the same. Lists keep
 * their order: it is part of a pod template.
 */
final class ServerDefaults {

    private static final Map<String, String> PROBE =
            Map.of("timeoutSeconds", "1", "periodSeconds", "10", "successThreshold", "1", "failureThreshold", "3");

    private static final Map<String, String> SPEC = Map.of(
            "ipFamilyPolicy", "SingleStack",
            "sessionAffinity", "None",
            "internalTrafficPolicy", "Cluster",
            "allocateLoadBalancerNodePorts", "true",
            "revisionHistoryLimit", "10",
            "progressDeadlineSeconds", "600",
            "suspend", "false");

    private ServerDefaults() {}

    static JsonNode strip(JsonNode object) {
        var copy = object.deepCopy();
        stripNode("", copy);
        return copy;
    }

    private static void stripNode(String key, JsonNode node) {
        if (node.isArray()) {
            node.forEach(item -> stripNode(key, item));
        } else if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> stripNode(entry.getKey(), entry.getValue()));
            dropEmpty(object);
            dropDefaults(key, object);
        }
    }

    private static void dropDefaults(String key, ObjectNode object) {
        if (object.has("containers")) {
            drop(object, "restartPolicy", "Always");
            drop(object, "dnsPolicy", "ClusterFirst");
            drop(object, "schedulerName", "default-scheduler");
            // The deprecated spelling of serviceAccountName, which the server keeps equal to it.
            drop(object, "serviceAccount", object.path("serviceAccountName").asText());
        }
        if (object.has("image") && object.has("name")) {
            drop(object, "terminationMessagePath", "/dev/termination-log");
            drop(object, "terminationMessagePolicy", "File");
            drop(
                    object,
                    "imagePullPolicy",
                    defaultPullPolicy(object.path("image").asText()));
        }
        if (object.has("fieldPath")) {
            drop(object, "apiVersion", "v1");
        }
        if (key.endsWith("Probe")) {
            PROBE.forEach((field, value) -> drop(object, field, value));
        }
        switch (key) {
            case "ports" -> {
                drop(object, "protocol", "TCP");
                drop(object, "nodePort", "<nodePort>");
            }
            case "secret", "configMap" -> drop(object, "defaultMode", "420");
            case "httpGet" -> drop(object, "scheme", "HTTP");
            case "volumeClaimTemplates" -> {
                drop(object, "apiVersion", "v1");
                drop(object, "kind", "PersistentVolumeClaim");
            }
            case "env" -> drop(object, "value", "");
            case "persistentVolumeClaimRetentionPolicy" -> {
                drop(object, "whenDeleted", "Retain");
                drop(object, "whenScaled", "Retain");
            }
            case "strategy" -> {
                drop(object, "type", "RollingUpdate");
                if (object.path("rollingUpdate").path("maxSurge").asText().equals("25%")
                        && object.path("rollingUpdate")
                                .path("maxUnavailable")
                                .asText()
                                .equals("25%")) {
                    object.remove("rollingUpdate");
                }
            }
            case "spec" -> {
                SPEC.forEach((field, value) -> drop(object, field, value));
                dropIfEmpty(object, "strategy");
                drop(object, "type", "ClusterIP");
                drop(object, "externalTrafficPolicy", "Cluster");
                drop(object, "podManagementPolicy", "OrderedReady");
                drop(object, "volumeMode", "Filesystem");
            }
            default -> {}
        }
    }

    private static String defaultPullPolicy(String image) {
        var tag = image.substring(image.lastIndexOf('/') + 1);
        return tag.contains(":") && !tag.endsWith(":latest") || tag.contains("@") ? "IfNotPresent" : "Always";
    }

    /** An absent map and an empty one are the same to the server, but for sources of volumes such as {@code emptyDir: {}}. */
    private static void dropEmpty(ObjectNode object) {
        for (var field : new String[] {
            "metadata",
            "annotations",
            "labels",
            "securityContext",
            "resources",
            "limits",
            "requests",
            "persistentVolumeClaimRetentionPolicy",
            "tolerations",
            "status"
        }) {
            dropIfEmpty(object, field);
        }
    }

    private static void dropIfEmpty(ObjectNode object, String field) {
        if (object.path(field).isContainerNode() && object.path(field).isEmpty()) {
            object.remove(field);
        }
    }

    private static void drop(ObjectNode object, String field, String value) {
        if (object.path(field).isValueNode() && object.path(field).asText().equals(value)) {
            object.remove(field);
        }
    }
}
