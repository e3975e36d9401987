package dev.patronioperator.testkit.server;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.fabric8.kubernetes.api.model.Quantity;

/** What the API server puts into an object that leaves it out, and how it spells what it stores. Changes the given document. */
final class Defaulting {

    private static final Set<String> AMOUNTS = Set.of("requests", "limits");
    private static final Set<String> NOT_STORED_WHEN_FALSE = Set.of("readOnly", "hostNetwork", "stdin", "tty");

    private Defaulting() {}

    static void fill(Map<String, Object> object) {
        switch (String.valueOf(object.get("kind"))) {
            case "StatefulSet" -> statefulSet(spec(object));
            case "Deployment" -> deployment(spec(object));
            case "CronJob" -> cronJob(spec(object));
            case "Service" -> service(spec(object));
            default -> {}
        }
        walk("", object);
    }

    private static void statefulSet(Map<String, Object> spec) {
        put(spec, "replicas", 1);
        put(spec, "podManagementPolicy", "OrderedReady");
        put(spec, "revisionHistoryLimit", 10);
        put(map(spec, "updateStrategy"), "type", "RollingUpdate");
        put(map(spec, "persistentVolumeClaimRetentionPolicy"), "whenDeleted", "Retain");
        put(map(spec, "persistentVolumeClaimRetentionPolicy"), "whenScaled", "Retain");
        podSpec(map(map(spec, "template"), "spec"));
        items(spec, "volumeClaimTemplates").forEach(claim -> {
            claim.put("apiVersion", "v1");
            claim.put("kind", "PersistentVolumeClaim");
            map(claim, "metadata").put("creationTimestamp", null);
            put(map(claim, "spec"), "volumeMode", "Filesystem");
            claim.put("status", new LinkedHashMap<>(Map.of("phase", "Pending")));
        });
    }

    private static void deployment(Map<String, Object> spec) {
        put(spec, "replicas", 1);
        put(spec, "progressDeadlineSeconds", 600);
        put(spec, "revisionHistoryLimit", 10);
        var strategy = map(spec, "strategy");
        put(strategy, "type", "RollingUpdate");
        if ("RollingUpdate".equals(strategy.get("type"))) {
            put(map(strategy, "rollingUpdate"), "maxSurge", "25%");
            put(map(strategy, "rollingUpdate"), "maxUnavailable", "25%");
        }
        podSpec(map(map(spec, "template"), "spec"));
    }

    private static void cronJob(Map<String, Object> spec) {
        put(spec, "concurrencyPolicy", "Allow");
        put(spec, "suspend", false);
        put(spec, "successfulJobsHistoryLimit", 3);
        put(spec, "failedJobsHistoryLimit", 1);
        map(map(spec, "jobTemplate"), "metadata").put("creationTimestamp", null);
        podSpec(map(map(map(map(spec, "jobTemplate"), "spec"), "template"), "spec"));
    }

    private static void service(Map<String, Object> spec) {
        put(spec, "type", "ClusterIP");
        put(spec, "clusterIP", "10.96.0.17");
        put(spec, "clusterIPs", List.of("10.96.0.17"));
        put(spec, "ipFamilies", List.of("IPv4"));
        put(spec, "ipFamilyPolicy", "SingleStack");
        put(spec, "internalTrafficPolicy", "Cluster");
        put(spec, "sessionAffinity", "None");
        boolean reachable = !"ClusterIP".equals(spec.get("type"));
        if (reachable) {
            put(spec, "externalTrafficPolicy", "Cluster");
        }
        if ("LoadBalancer".equals(spec.get("type"))) {
            put(spec, "allocateLoadBalancerNodePorts", true);
        }
        items(spec, "ports").forEach(port -> {
            put(port, "protocol", "TCP");
            put(port, "targetPort", port.get("port"));
            if (reachable) {
                put(port, "nodePort", 31234);
            }
        });
    }

    private static void podSpec(Map<String, Object> spec) {
        put(spec, "restartPolicy", "Always");
        put(spec, "dnsPolicy", "ClusterFirst");
        put(spec, "schedulerName", "default-scheduler");
        put(spec, "terminationGracePeriodSeconds", 30);
        put(spec, "securityContext", new LinkedHashMap<>());
        if (spec.containsKey("serviceAccountName")) {
            put(spec, "serviceAccount", spec.get("serviceAccountName"));
        }
        List.of("containers", "initContainers")
                .forEach(list -> items(spec, list).forEach(Defaulting::container));
        items(spec, "volumes").forEach(Defaulting::volume);
    }

    private static void container(Map<String, Object> container) {
        var image = String.valueOf(container.get("image"));
        put(container, "imagePullPolicy", image.matches(".*:[^/]+") ? "IfNotPresent" : "Always");
        put(container, "terminationMessagePath", "/dev/termination-log");
        put(container, "terminationMessagePolicy", "File");
        put(container, "resources", new LinkedHashMap<>());
        items(container, "ports").forEach(port -> put(port, "protocol", "TCP"));
        List.of("readinessProbe", "livenessProbe", "startupProbe").forEach(name -> {
            if (container.containsKey(name)) {
                probe(map(container, name));
            }
        });
    }

    private static void probe(Map<String, Object> probe) {
        put(probe, "timeoutSeconds", 1);
        put(probe, "periodSeconds", 10);
        put(probe, "successThreshold", 1);
        put(probe, "failureThreshold", 3);
        if (probe.containsKey("httpGet")) {
            put(map(probe, "httpGet"), "scheme", "HTTP");
        }
    }

    private static void volume(Map<String, Object> volume) {
        for (var kind : List.of("secret", "configMap", "projected", "downwardAPI")) {
            if (volume.containsKey(kind)) {
                put(map(volume, kind), "defaultMode", 420);
            }
        }
        if (volume.containsKey("projected")) {
            items(map(volume, "projected"), "sources").stream()
                    .filter(source -> source.containsKey("serviceAccountToken"))
                    .forEach(source -> put(map(source, "serviceAccountToken"), "expirationSeconds", 3600));
        }
        if (volume.size() == 1) {
            volume.put("emptyDir", new LinkedHashMap<>());
        }
    }

    /** Rules that hold wherever a field is. */
    private static void walk(String field, Object node) {
        switch (node) {
            case Map<?, ?> any -> {
                @SuppressWarnings("unchecked") // documents have texts for keys
                var map = (Map<String, Object>) any;
                if (AMOUNTS.contains(field)) {
                    map.replaceAll((name, amount) -> respelled(String.valueOf(amount)));
                }
                if (field.equals("fieldRef")) {
                    put(map, "apiVersion", "v1");
                }
                if (field.equals("resourceFieldRef")) {
                    put(map, "divisor", "0");
                }
                map.entrySet()
                        .removeIf(
                                e -> NOT_STORED_WHEN_FALSE.contains(e.getKey()) && Boolean.FALSE.equals(e.getValue()));
                map.forEach(Defaulting::walk);
            }
            case List<?> list -> list.forEach(item -> walk(field, item));
            case null, default -> {}
        }
    }

    /** The same amount, spelled in another way. */
    private static String respelled(String amount) {
        var bytes = Quantity.getAmountInBytes(new Quantity(amount));
        return bytes.remainder(BigDecimal.ONE).signum() == 0
                ? bytes.toBigInteger().toString()
                : bytes.multiply(BigDecimal.valueOf(1000)).toBigInteger() + "m";
    }

    private static Map<String, Object> spec(Map<String, Object> object) {
        return map(object, "spec");
    }

    @SuppressWarnings("unchecked") // documents have texts for keys
    private static Map<String, Object> map(Map<String, Object> node, String field) {
        return (Map<String, Object>) node.computeIfAbsent(field, absent -> new LinkedHashMap<String, Object>());
    }

    @SuppressWarnings("unchecked") // documents have texts for keys
    private static List<Map<String, Object>> items(Map<String, Object> node, String field) {
        return (List<Map<String, Object>>) node.getOrDefault(field, List.of());
    }

    private static void put(Map<String, Object> node, String field, Object value) {
        if (node.get(field) == null) {
            node.put(field, value);
        }
    }
}
