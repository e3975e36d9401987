package dev.patronioperator.api;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Nullable;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;

/**
 * The manifest of a cluster: every field of the Zalando operator's v1.8 to v2.0, with the four that v2.0 dropped. A flag is a {@link Boolean}
 * because absent often means "as the operator configuration says", which is neither true nor false.
 *
 * <p>Made by Jackson only; a test that wants one reads YAML.
 */
@ManifestPart
@ValidationRule(
        value = "oldSelf.hasValue() || !(has(self.clone) && has(self.standby))",
        optionalOldSelf = true,
        message = "a new cluster is either a clone or a standby: give clone or standby, not both")
// spotless:off
public record PostgresqlSpec(
        // The cluster
        @Required
        @JsonPropertyDescription("Team that owns the cluster: a label of its objects, and the key to members, DNS "
                + "names and allow-lists. A change reaches running database Pods in place; poolers replace theirs.")
        String teamId,

        @Required @Min(0)
        @JsonPropertyDescription("Number of instances: one primary, the rest replicas. 0 stops the cluster and "
                + "keeps its volumes. Bounded by the operator's min_instances and max_instances.")
        Integer numberOfInstances,

        @Required
        @JsonPropertyDescription("Version and parameters of PostgreSQL.")
        ServerSpec postgresql,

        @Required
        @JsonPropertyDescription("The data volume of each instance.")
        VolumeSpec volume,

        @JsonPropertyDescription("How Patroni keeps the cluster available.")
        PatroniSpec patroni,

        @JsonPropertyDescription("Requests and limits of the PostgreSQL container. The operator's defaults when "
                + "absent.")
        ResourcesSpec resources,

        @Size(max = 100)
        @ValidationRule(value = Rules.WINDOW_TEXT, message = Rules.WINDOW_TEXT_MESSAGE)
        @ValidationRule(value = Rules.WINDOW_ORDER, message = Rules.WINDOW_ORDER_MESSAGE)
        @JsonPropertyDescription("When the operator may upgrade the major version or move a primary: HH:MM-HH:MM, "
                + "or Sat:HH:MM-HH:MM for one day of the week, in UTC. The operator's maintenance_windows when "
                + "absent.")
        List<@Pattern(Formats.WINDOW) @Size(max = 64) String> maintenanceWindows,

        // Users and databases
        @JsonPropertyDescription("Roles by name with their flags, such as login or createdb; none is an ordinary "
                + "login role. Each gets a Secret. Removing an entry leaves the role in the database.")
        Map<String, List<String>> users,

        @JsonPropertyDescription("Connection limit, expiry of the password and parameters of roles by name: those in "
                + "users, and those of preparedDatabases. What leaves the manifest is taken back.")
        Map<String, UserOptions> userOptions,

        @Nullable
        @JsonPropertyDescription("Users whose credentials are rotated by a new login role that inherits the old "
                + "one's rights.")
        List<String> usersWithSecretRotation,

        @Nullable
        @JsonPropertyDescription("Users whose password is replaced in place at each rotation.")
        List<String> usersWithInPlaceSecretRotation,

        @Nullable
        @JsonPropertyDescription("Users left out of the rotation that the operator configuration asks for.")
        List<String> usersIgnoringSecretRotation,

        @JsonPropertyDescription("Databases by name with their owner, who should be one of users. Removing an "
                + "entry drops nothing.")
        Map<String, String> databases,

        @JsonPropertyDescription("Databases with roles, schemas and extensions prepared. An empty map prepares one "
                + "database named after the cluster.")
        Map<String, PreparedDatabase> preparedDatabases,

        // Where data comes from
        @JsonProperty("clone")
        @JsonPropertyDescription("Make the cluster as a copy of another one.")
        CloneSpec cloneFrom,

        @JsonPropertyDescription("Follow another primary or archive, read-only, until the section is removed.")
        StandbySpec standby,

        @Nullable @Size(max = 1000)
        @JsonPropertyDescription("Publish changes of tables as events. Sets wal_level to logical.")
        List<StreamSpec> streams,

        // Connections
        @JsonPropertyDescription("True: a load balancer for the primary. The operator's "
                + "enable_master_load_balancer when absent.")
        Boolean enableMasterLoadBalancer,

        @JsonPropertyDescription("True: a load balancer for the replicas. The operator's "
                + "enable_replica_load_balancer when absent.")
        Boolean enableReplicaLoadBalancer,

        @JsonPropertyDescription("True: a load balancer for the primary's pooler. The operator's "
                + "enable_master_pooler_load_balancer when absent.")
        Boolean enableMasterPoolerLoadBalancer,

        @JsonPropertyDescription("True: a load balancer for the replicas' pooler. The operator's "
                + "enable_replica_pooler_load_balancer when absent.")
        Boolean enableReplicaPoolerLoadBalancer,

        @JsonPropertyDescription("True: a node port for the primary; wins over a load balancer. The operator's "
                + "enable_master_node_port when absent.")
        Boolean enableMasterNodePort,

        @Min(0) @Max(65535)
        @JsonPropertyDescription("Port on the nodes for the primary. Kubernetes picks one when absent or 0.")
        Integer masterNodePort,

        @JsonPropertyDescription("True: a node port for the replicas; wins over a load balancer. The operator's "
                + "enable_replica_node_port when absent.")
        Boolean enableReplicaNodePort,

        @Min(0) @Max(65535)
        @JsonPropertyDescription("Port on the nodes for the replicas. Kubernetes picks one when absent or 0.")
        Integer replicaNodePort,

        @JsonPropertyDescription("True: a node port for the primary's pooler. The operator's "
                + "enable_master_pooler_node_port when absent.")
        Boolean enableMasterPoolerNodePort,

        @Min(0) @Max(65535)
        @JsonPropertyDescription("Port on the nodes for the primary's pooler. Kubernetes picks one when absent or "
                + "0.")
        Integer masterPoolerNodePort,

        @JsonPropertyDescription("True: a node port for the replicas' pooler. The operator's "
                + "enable_replica_pooler_node_port when absent.")
        Boolean enableReplicaPoolerNodePort,

        @Min(0) @Max(65535)
        @JsonPropertyDescription("Port on the nodes for the replicas' pooler. Kubernetes picks one when absent or "
                + "0.")
        Integer replicaPoolerNodePort,

        @Nullable
        @JsonPropertyDescription("Networks that may reach the load balancers, as address/prefix length, IPv4 or "
                + "IPv6. 127.0.0.1/32, which is nobody, when absent or empty.")
        List<@Pattern(Formats.CIDR) String> allowedSourceRanges,

        @JsonPropertyDescription("Annotations of all Services of the cluster.")
        Map<String, String> serviceAnnotations,

        @JsonPropertyDescription("Annotations of the primary's Services; they win over serviceAnnotations.")
        Map<String, String> masterServiceAnnotations,

        @JsonPropertyDescription("Annotations of the replicas' Services; they win over serviceAnnotations.")
        Map<String, String> replicaServiceAnnotations,

        @JsonPropertyDescription("The server certificate.")
        TlsSpec tls,

        @JsonPropertyDescription("True: a connection pooler for the primary. Absent: there is one if "
                + "connectionPooler is given.")
        Boolean enableConnectionPooler,

        @JsonPropertyDescription("True: a connection pooler for the replicas. Default false.")
        Boolean enableReplicaConnectionPooler,

        @JsonPropertyDescription("How the poolers are made.")
        ConnectionPoolerSpec connectionPooler,

        // Backup
        @JsonPropertyDescription("True: a scheduled logical backup (pg_dumpall). Default false.")
        Boolean enableLogicalBackup,

        @Pattern(Formats.CRON)
        @JsonPropertyDescription("When the logical backup runs: five cron fields in UTC, or a word such as @daily. The operator's "
                + "logical_backup_schedule when absent.")
        String logicalBackupSchedule,

        @JsonPropertyDescription("How long logical backups are kept in S3, such as 3 months. The operator's "
                + "logical_backup_s3_retention_time when absent.")
        String logicalBackupRetention,

        // Pods
        @JsonPropertyDescription("Spilo image of the instances. The operator's docker_image when absent. A change "
                + "replaces the Pods one by one, or waits for the next replacement with enable_lazy_spilo_upgrade.")
        String dockerImage,

        @JsonPropertyDescription("Scheduler of the Pods. The default scheduler when absent.")
        String schedulerName,

        @JsonPropertyDescription("User id the Pods run as. The operator's spilo_runasuser when absent.")
        Long spiloRunAsUser,

        @JsonPropertyDescription("Group id the Pods run as. The operator's spilo_runasgroup when absent.")
        Long spiloRunAsGroup,

        @JsonPropertyDescription("Group that owns the files of the volumes; 103 in the stock image, needed for "
                + "tls. The operator's spilo_fsgroup when absent.")
        Long spiloFSGroup,

        @JsonPropertyDescription("Liveness probe of the PostgreSQL container. The operator's liveness_probe when "
                + "absent; there is none by default, since a probe that fails under load restarts a primary.")
        Probe livenessProbe,

        @JsonPropertyDescription("PriorityClass of the database Pods. The operator's pod_priority_class_name when "
                + "absent.")
        String podPriorityClassName,

        @JsonPropertyDescription("Annotations of the Pods, over the operator's custom_pod_annotations. Changed in "
                + "place, without a restart.")
        Map<String, String> podAnnotations,

        @JsonPropertyDescription("Nodes the Pods may or should run on, joined with the operator's "
                + "node_readiness_label.")
        NodeAffinity nodeAffinity,

        @JsonPropertyDescription("How the Pods are spread over zones or nodes.")
        List<TopologySpreadConstraint> topologySpreadConstraints,

        @JsonPropertyDescription("Taints the Pods tolerate; they replace the operator's toleration.")
        List<Toleration> tolerations,

        @JsonPropertyDescription("True: shared memory without the container runtime's limit of 64 MiB. The "
                + "operator's enable_shm_volume (true) when absent.")
        Boolean enableShmVolume,

        @Nullable
        @JsonPropertyDescription("Containers that run to the end before PostgreSQL starts. Needs the operator's "
                + "enable_init_containers.")
        List<Container> initContainers,

        @Nullable @Size(max = 100)
        @JsonPropertyDescription("Containers that run beside PostgreSQL. Needs the operator's enable_sidecars.")
        List<SidecarSpec> sidecars,

        @JsonPropertyDescription("Volumes mounted into the containers of the Pods.")
        List<AdditionalVolume> additionalVolumes,

        @Nullable
        @JsonPropertyDescription("Environment variables of the PostgreSQL container; they win over those of the "
                + "operator configuration.")
        List<EnvVar> env,

        @JsonPropertyDescription("ConfigMaps and Secrets whose keys become environment variables of the PostgreSQL "
                + "container.")
        List<EnvFromSource> envFrom,

        // Spelled differently since the Zalando operator's v2.0
        @JsonProperty("init_containers") @Nullable
        @JsonPropertyDescription("Deprecated: write initContainers, which wins if both are given.")
        List<Container> legacyInitContainers,

        @JsonProperty("pod_priority_class_name")
        @JsonPropertyDescription("Deprecated: write podPriorityClassName, which wins if both are given.")
        String legacyPodPriorityClassName,

        @JsonPropertyDescription("Deprecated: write enableMasterLoadBalancer. Ignored if that or "
                + "enableReplicaLoadBalancer is given.")
        Boolean useLoadBalancer,

        @JsonPropertyDescription("Deprecated: write enableReplicaLoadBalancer. Ignored if that or "
                + "enableMasterLoadBalancer is given.")
        Boolean replicaLoadBalancer) {}
// spotless:on
