package dev.patronioperator.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static dev.patronioperator.plan.Impact.FORBIDDEN;
import static dev.patronioperator.plan.Impact.NONE;
import static dev.patronioperator.plan.Impact.RECREATE;
import static dev.patronioperator.plan.Impact.RELOAD;
import static dev.patronioperator.plan.Impact.RESTART;

/**
 * What a change of each field of the manifest costs, for people who want to know before they make it: command line, reference, warnings
 * about a manifest. What is done is decided by the planners, which look at objects; a test changes every field and compares.
 *
 * <p>The parameters of the operator's configuration say the same of themselves: {@code settings.Effect}.
 */
public final class ImpactRules {

    private static final String POD = "Part of the Pods, which are replaced one by one.";
    private static final String SERVICES = "Services are changed in place.";
    private static final String ROLES = "Roles are changed by SQL; their Secrets are made.";
    private static final String BOOTSTRAP = "Read once, when the cluster is made, but part of the Pods.";
    private static final String PATRONI = "Patroni takes it over while it runs.";
    private static final String POOLER =
            "The pooler's Deployment replaces the pooler's Pods; the database is not touched.";
    private static final String BACKUP = "Counts from the next backup on.";
    private static final String STREAM =
            "The event stream is changed; the first one sets wal_level to logical, which is read at start.";
    private static final String NOT_USED = "Accepted and not used: the storage class decides.";

    private static final Map<String, ImpactRule> BY_FIELD = Stream.of(
                    cluster(), volume(), patroni(), databases(), origin(), connections(), poolers(), backup(), pods())
            .flatMap(List::stream)
            .collect(Collectors.toMap(
                    ImpactRule::field,
                    rule -> rule,
                    (one, other) -> {
                        throw new IllegalStateException("two rules for " + one.field());
                    },
                    TreeMap::new));

    private ImpactRules() {}

    /** All rules, sorted by field. */
    public static List<ImpactRule> all() {
        return List.copyOf(BY_FIELD.values());
    }

    /**
     * The rule that speaks for a field.
     *
     * @param path of the field or of something below it, such as {@code spec.sidecars[0].image}
     */
    public static Optional<ImpactRule> of(String path) {
        var shorter = path;
        while (!shorter.isEmpty()) {
            if (BY_FIELD.containsKey(shorter)) {
                return Optional.of(BY_FIELD.get(shorter));
            }
            shorter = parent(shorter);
        }
        return Optional.empty();
    }

    private static String parent(String path) {
        int end = path.length() - 1;
        while (end > 0 && ".[{".indexOf(path.charAt(end)) < 0) {
            end--;
        }
        return path.substring(0, Math.max(end, 0));
    }

    private static List<ImpactRule> cluster() {
        return List.of(
                rule(
                        NONE,
                        RECREATE,
                        "The team is a label: running database Pods get it in place; poolers replace their Pods.",
                        "spec.teamId"),
                rule(
                        NONE,
                        RECREATE,
                        "A new instance disturbs nobody; one that goes is deleted, after the primary has left it.",
                        "spec.numberOfInstances"),
                rule(
                        RECREATE,
                        FORBIDDEN,
                        "A higher version replaces the Pods, and the data are upgraded in a maintenance window; a lower one is refused.",
                        "spec.postgresql.version"),
                rule(
                        RELOAD,
                        RECREATE,
                        "Reloaded, or restarted within the Pods if PostgreSQL reads it at start; a few parameters that each member has for itself "
                                + "replace the Pods.",
                        "spec.postgresql.parameters"),
                rule(NONE, "Says when, not what.", "spec.maintenanceWindows"));
    }

    private static List<ImpactRule> volume() {
        return together(Stream.of(
                List.of(rule(
                        NONE,
                        FORBIDDEN,
                        "Volumes grow while the database runs; a smaller size is refused.",
                        "spec.volume.size")),
                each(
                        NONE,
                        "For new volumes: the StatefulSet is made anew around running Pods.",
                        "spec.volume.storageClass",
                        "spec.volume.selector"),
                each(
                        FORBIDDEN,
                        "Says where the data is: refused once there are volumes.",
                        "spec.volume.subPath",
                        "spec.volume.isSubPathExpr"),
                each(NONE, NOT_USED, "spec.volume.iops", "spec.volume.throughput", "spec.volume.type")));
    }

    private static List<ImpactRule> patroni() {
        return together(Stream.of(
                List.of(
                        rule(NONE, "Read once, when the cluster is made.", "spec.patroni.initdb"),
                        rule(
                                RECREATE,
                                "Part of each member's own configuration, and so of the Pods.",
                                "spec.patroni.pg_hba")),
                each(
                        RELOAD,
                        PATRONI,
                        "spec.patroni.ttl",
                        "spec.patroni.loop_wait",
                        "spec.patroni.retry_timeout",
                        "spec.patroni.maximum_lag_on_failover",
                        "spec.patroni.slots",
                        "spec.patroni.synchronous_mode",
                        "spec.patroni.synchronous_mode_strict",
                        "spec.patroni.synchronous_node_count",
                        "spec.patroni.failsafe_mode")));
    }

    private static List<ImpactRule> databases() {
        return together(Stream.of(
                each(
                        NONE,
                        ROLES,
                        "spec.users",
                        "spec.userOptions",
                        "spec.usersWithSecretRotation",
                        "spec.usersWithInPlaceSecretRotation",
                        "spec.usersIgnoringSecretRotation"),
                each(NONE, "Made by SQL.", "spec.databases", "spec.preparedDatabases"),
                each(NONE, RESTART, STREAM, "spec.streams")));
    }

    private static List<ImpactRule> origin() {
        return together(Stream.of(
                each(
                        NONE,
                        RECREATE,
                        "Part of the archive's path, where s3_wal_path does not give it.",
                        "spec.clone.uid"),
                each(
                        RECREATE,
                        BOOTSTRAP,
                        "spec.clone.cluster",
                        "spec.clone.timestamp",
                        "spec.clone.s3_wal_path",
                        "spec.clone.s3_endpoint",
                        "spec.clone.s3_access_key_id",
                        "spec.clone.s3_secret_access_key",
                        "spec.clone.s3_force_path_style"),
                each(
                        RECREATE,
                        POD,
                        "spec.standby.standby_host",
                        "spec.standby.standby_port",
                        "spec.standby.standby_primary_slot_name",
                        "spec.standby.s3_wal_path",
                        "spec.standby.gs_wal_path")));
    }

    private static List<ImpactRule> connections() {
        return together(Stream.of(
                each(
                        NONE,
                        SERVICES,
                        "spec.enableMasterLoadBalancer",
                        "spec.enableReplicaLoadBalancer",
                        "spec.enableMasterPoolerLoadBalancer",
                        "spec.enableReplicaPoolerLoadBalancer",
                        "spec.useLoadBalancer",
                        "spec.replicaLoadBalancer",
                        "spec.enableMasterNodePort",
                        "spec.masterNodePort",
                        "spec.enableReplicaNodePort",
                        "spec.replicaNodePort",
                        "spec.enableMasterPoolerNodePort",
                        "spec.masterPoolerNodePort",
                        "spec.enableReplicaPoolerNodePort",
                        "spec.replicaPoolerNodePort",
                        "spec.allowedSourceRanges",
                        "spec.serviceAnnotations",
                        "spec.masterServiceAnnotations",
                        "spec.replicaServiceAnnotations"),
                each(
                        RECREATE,
                        POD,
                        "spec.tls.secretName",
                        "spec.tls.certificateFile",
                        "spec.tls.privateKeyFile",
                        "spec.tls.caFile",
                        "spec.tls.caSecretName")));
    }

    private static List<ImpactRule> poolers() {
        return together(Stream.of(
                each(
                        NONE,
                        "The pooler is made, or taken away with the connections through it.",
                        "spec.enableConnectionPooler",
                        "spec.enableReplicaConnectionPooler"),
                each(
                        RECREATE,
                        POOLER,
                        "spec.connectionPooler.numberOfInstances",
                        "spec.connectionPooler.schema",
                        "spec.connectionPooler.user",
                        "spec.connectionPooler.mode",
                        "spec.connectionPooler.dockerImage",
                        "spec.connectionPooler.maxDBConnections",
                        "spec.connectionPooler.parameters",
                        "spec.connectionPooler.resources")));
    }

    private static List<ImpactRule> backup() {
        return each(
                NONE, BACKUP, "spec.enableLogicalBackup", "spec.logicalBackupSchedule", "spec.logicalBackupRetention");
    }

    private static List<ImpactRule> pods() {
        return together(Stream.of(
                each(
                        NONE,
                        RECREATE,
                        "Annotations of running database Pods are changed in place; poolers replace their Pods.",
                        "spec.podAnnotations"),
                each(
                        NONE,
                        RECREATE,
                        "Part of the Pods, but false does not count while enable_shm_volume is true.",
                        "spec.enableShmVolume"),
                each(
                        RECREATE,
                        POD,
                        "spec.dockerImage",
                        "spec.schedulerName",
                        "spec.spiloRunAsUser",
                        "spec.spiloRunAsGroup",
                        "spec.spiloFSGroup",
                        "spec.livenessProbe",
                        "spec.podPriorityClassName",
                        "spec.pod_priority_class_name",
                        "spec.nodeAffinity",
                        "spec.topologySpreadConstraints",
                        "spec.tolerations",
                        "spec.initContainers",
                        "spec.init_containers",
                        "spec.sidecars",
                        "spec.additionalVolumes",
                        "spec.env",
                        "spec.envFrom",
                        "spec.resources")));
    }

    private static ImpactRule rule(Impact impact, String why, String field) {
        return rule(impact, impact, why, field);
    }

    private static ImpactRule rule(Impact least, Impact most, String why, String field) {
        return new ImpactRule(field, least, most, why);
    }

    private static List<ImpactRule> each(Impact impact, String why, String... fields) {
        return each(impact, impact, why, fields);
    }

    private static List<ImpactRule> each(Impact least, Impact most, String why, String... fields) {
        return Stream.of(fields).map(field -> rule(least, most, why, field)).toList();
    }

    private static List<ImpactRule> together(Stream<List<ImpactRule>> parts) {
        return parts.flatMap(List::stream).toList();
    }
}
