package dev.patronioperator.plan;

import java.util.Map;
import java.util.Set;

/**
 * Values that the API server fills in or assigns. The peer wrote its objects by update, so that {@code managedFields} calls these
 * values the peer's; they must not be taken for something that was wanted once and is not any more.
 */
final class ServerDefaults {

    private static final Set<String> ASSIGNED = Set.of(
            "clusterIP",
            "clusterIPs",
            "ipFamilies",
            "ipFamilyPolicy",
            "nodePort",
            "healthCheckNodePort",
            "allocateLoadBalancerNodePorts",
            "serviceAccount",
            "volumeName",
            "creationTimestamp",
            "status",
            "namespace");

    private static final Map<String, Set<String>> DEFAULTS = Map.ofEntries(
            Map.entry("terminationMessagePath", Set.of("/dev/termination-log")),
            Map.entry("terminationMessagePolicy", Set.of("File")),
            Map.entry("imagePullPolicy", Set.of("IfNotPresent", "Always")),
            Map.entry("restartPolicy", Set.of("Always", "Never", "OnFailure")),
            Map.entry("dnsPolicy", Set.of("ClusterFirst")),
            Map.entry("schedulerName", Set.of("default-scheduler")),
            Map.entry("terminationGracePeriodSeconds", Set.of("30")),
            Map.entry("protocol", Set.of("TCP")),
            Map.entry("apiVersion", Set.of("v1")),
            Map.entry("kind", Set.of("PersistentVolumeClaim")),
            Map.entry("apiGroup", Set.of("", "rbac.authorization.k8s.io")),
            Map.entry("sessionAffinity", Set.of("None")),
            Map.entry("internalTrafficPolicy", Set.of("Cluster")),
            Map.entry("externalTrafficPolicy", Set.of("Cluster")),
            Map.entry("type", Set.of("ClusterIP", "RollingUpdate", "Opaque", "")),
            Map.entry("revisionHistoryLimit", Set.of("10")),
            Map.entry("progressDeadlineSeconds", Set.of("600")),
            Map.entry("maxSurge", Set.of("25%")),
            Map.entry("maxUnavailable", Set.of("25%")),
            Map.entry("defaultMode", Set.of("420")),
            Map.entry("expirationSeconds", Set.of("3600")),
            Map.entry("maxExpirationSeconds", Set.of("86400")),
            Map.entry("scheme", Set.of("HTTP")),
            Map.entry("timeoutSeconds", Set.of("1")),
            Map.entry("periodSeconds", Set.of("10")),
            Map.entry("successThreshold", Set.of("1")),
            Map.entry("failureThreshold", Set.of("3")),
            Map.entry("volumeMode", Set.of("Filesystem")),
            Map.entry("podManagementPolicy", Set.of("OrderedReady")),
            Map.entry("whenDeleted", Set.of("Retain")),
            Map.entry("whenScaled", Set.of("Retain")),
            Map.entry("concurrencyPolicy", Set.of("Allow")),
            Map.entry("suspend", Set.of("false")),
            Map.entry("successfulJobsHistoryLimit", Set.of("3")),
            Map.entry("failedJobsHistoryLimit", Set.of("1")),
            Map.entry("publishNotReadyAddresses", Set.of("false")),
            Map.entry("divisor", Set.of("0")));

    private ServerDefaults() {}

    /** Whether a value that nobody asked for is one that the API server gives by itself. */
    static boolean explains(FieldPath path, Object value) {
        var field = path.lastField();
        return ASSIGNED.contains(field)
                || DEFAULTS.getOrDefault(field, Set.of()).contains(String.valueOf(value));
    }
}
