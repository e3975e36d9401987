package dev.patronioperator.settings.parameters;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Toleration;

import dev.patronioperator.settings.Defaults;
import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.ParameterGroup;
import dev.patronioperator.settings.Source;
import dev.patronioperator.settings.value.ClaimRetention;
import dev.patronioperator.settings.value.InfrastructureRole;
import dev.patronioperator.settings.value.NamespacedName;
import dev.patronioperator.settings.value.NodeReadinessMerge;
import dev.patronioperator.settings.value.PodManagementPolicy;
import dev.patronioperator.settings.value.StorageResizeMode;

import static dev.patronioperator.settings.Effect.ANNOTATIONS;
import static dev.patronioperator.settings.Effect.CRON_JOB;
import static dev.patronioperator.settings.Effect.DANGER;
import static dev.patronioperator.settings.Effect.DATABASE;
import static dev.patronioperator.settings.Effect.DISRUPTION_BUDGETS;
import static dev.patronioperator.settings.Effect.NEW_OBJECTS;
import static dev.patronioperator.settings.Effect.OPERATOR;
import static dev.patronioperator.settings.Effect.POOLER;
import static dev.patronioperator.settings.Effect.REPLACEMENT;
import static dev.patronioperator.settings.Effect.ROLLING_UPDATE;
import static dev.patronioperator.settings.Effect.SECRETS;
import static dev.patronioperator.settings.Effect.SERVICES;
import static dev.patronioperator.settings.Effect.VOLUMES;
import static dev.patronioperator.settings.codec.Codecs.BOOLEAN;
import static dev.patronioperator.settings.codec.Codecs.CLAIM_RETENTION;
import static dev.patronioperator.settings.codec.Codecs.DURATION;
import static dev.patronioperator.settings.codec.Codecs.INFRASTRUCTURE_ROLES;
import static dev.patronioperator.settings.codec.Codecs.MAP;
import static dev.patronioperator.settings.codec.Codecs.NAME;
import static dev.patronioperator.settings.codec.Codecs.NAMES;
import static dev.patronioperator.settings.codec.Codecs.NAMESPACED_NAME;
import static dev.patronioperator.settings.codec.Codecs.OPTIONAL_NAME;
import static dev.patronioperator.settings.codec.Codecs.POSITIVE_DURATION;
import static dev.patronioperator.settings.codec.Codecs.PROBE;
import static dev.patronioperator.settings.codec.Codecs.SINGLE_TOLERATION;
import static dev.patronioperator.settings.codec.Codecs.TEXT;
import static dev.patronioperator.settings.codec.Codecs.oneOf;
import static dev.patronioperator.settings.codec.Codecs.optionalId;

/** Parameters of the group {@code kubernetes}. */
public final class KubernetesParameters {
    private static final ParameterGroup GROUP = ParameterGroup.named("kubernetes", "Kubernetes objects");

    public static final Parameter<Boolean> ENABLE_OWNER_REFERENCES = GROUP.define(
                    "enable_owner_references",
                    BOOLEAN,
                    "Make the manifest the owner of all objects of its cluster, but for volumes: Kubernetes deletes them with it.",
                    REPLACEMENT,
                    SERVICES,
                    SECRETS,
                    DISRUPTION_BUDGETS)
            .unset();

    public static final Parameter<String> POD_SERVICE_ACCOUNT_NAME = GROUP.define(
                    "pod_service_account_name",
                    NAME,
                    "ServiceAccount of database, pooler and backup pods.",
                    ROLLING_UPDATE,
                    POOLER)
            .byDefault("postgres-pod");

    public static final Parameter<Optional<String>> POD_SERVICE_ACCOUNT_DEFINITION = GROUP.define(
                    "pod_service_account_definition",
                    OPTIONAL_NAME,
                    "The ServiceAccount itself, as JSON or YAML, if the plain one is not enough. Its name is overwritten.",
                    NEW_OBJECTS)
            .unset();

    public static final Parameter<Optional<String>> POD_SERVICE_ACCOUNT_ROLE_BINDING_DEFINITION = GROUP.define(
                    "pod_service_account_role_binding_definition",
                    OPTIONAL_NAME,
                    "The RoleBinding of that account, as JSON or YAML; by default to the ClusterRole of the same name.",
                    NEW_OBJECTS)
            .unset();

    public static final Parameter<Duration> POD_TERMINATE_GRACE_PERIOD = GROUP.define(
                    "pod_terminate_grace_period",
                    DURATION,
                    "Time that a pod has to stop.",
                    ROLLING_UPDATE,
                    POOLER,
                    CRON_JOB)
            .unsetWhenEmpty()
            .byDefault(Duration.ofMinutes(5));

    public static final Parameter<Optional<Probe>> LIVENESS_PROBE = GROUP.define(
                    "liveness_probe", PROBE, "Liveness probe of the database container.", ROLLING_UPDATE)
            .only(Source.RESOURCE)
            .manifest("livenessProbe")
            .unset();

    public static final Parameter<Boolean> SPILO_PRIVILEGED = GROUP.define(
                    "spilo_privileged",
                    BOOLEAN,
                    "Run database and backup containers as privileged.",
                    ROLLING_UPDATE,
                    CRON_JOB)
            .unset();

    public static final Parameter<Boolean> SPILO_ALLOW_PRIVILEGE_ESCALATION = GROUP.define(
                    "spilo_allow_privilege_escalation",
                    BOOLEAN,
                    "Let processes of these containers gain privileges (allowPrivilegeEscalation).",
                    ROLLING_UPDATE,
                    CRON_JOB)
            .byDefault(true);

    public static final Parameter<Optional<Long>> SPILO_RUNASUSER = GROUP.define(
                    "spilo_runasuser", optionalId(), "Numeric user of database pods.", ROLLING_UPDATE)
            .manifest("spiloRunAsUser")
            .unset();

    public static final Parameter<Optional<Long>> SPILO_RUNASGROUP = GROUP.define(
                    "spilo_runasgroup", optionalId(), "Numeric group of database pods.", ROLLING_UPDATE)
            .manifest("spiloRunAsGroup")
            .unset();

    public static final Parameter<Optional<Long>> SPILO_FSGROUP = GROUP.define(
                    "spilo_fsgroup",
                    optionalId(),
                    "Numeric group that owns the volumes of database and pooler pods.",
                    ROLLING_UPDATE,
                    POOLER)
            .manifest("spiloFSGroup")
            .unset();

    public static final Parameter<List<String>> ADDITIONAL_POD_CAPABILITIES = GROUP.define(
                    "additional_pod_capabilities",
                    NAMES,
                    "Linux capabilities added to the database container.",
                    ROLLING_UPDATE)
            .unset();

    public static final Parameter<String> WATCHED_NAMESPACE = GROUP.define(
                    "watched_namespace",
                    TEXT,
                    "Namespace whose clusters are looked after: empty for the operator's own, `*` for all. The variable WATCHED_NAMESPACE wins. A change restarts the operator.",
                    OPERATOR)
            .unset();

    public static final Parameter<String> PDB_NAME_FORMAT = GROUP.define(
                    "pdb_name_format",
                    NAME,
                    "Name of the disruption budget of the primary; `{cluster}` is replaced.",
                    DISRUPTION_BUDGETS)
            .byDefault("postgres-{cluster}-pdb");

    public static final Parameter<Boolean> PDB_MASTER_LABEL_SELECTOR = GROUP.define(
                    "pdb_master_label_selector",
                    BOOLEAN,
                    "Let that disruption budget protect the primary only; if off, all pods of the cluster.",
                    DISRUPTION_BUDGETS)
            .byDefault(true);

    public static final Parameter<Boolean> ENABLE_POD_DISRUPTION_BUDGET = GROUP.define(
                    "enable_pod_disruption_budget",
                    BOOLEAN,
                    "Keep Kubernetes from draining the primary.",
                    DISRUPTION_BUDGETS,
                    ROLLING_UPDATE)
            .byDefault(true);

    public static final Parameter<StorageResizeMode> STORAGE_RESIZE_MODE = GROUP.define(
                    "storage_resize_mode",
                    oneOf(StorageResizeMode.values()),
                    "How volumes grow: through Kubernetes, or (off) by somebody else's hand.",
                    VOLUMES)
            .unlikePeer("`ebs` and `mixed` mean `pvc`: the operator makes no calls to AWS.")
            .byDefault(StorageResizeMode.PVC);

    public static final Parameter<Boolean> ENABLE_INIT_CONTAINERS = GROUP.define(
                    "enable_init_containers", BOOLEAN, "Allow initContainers in manifests.", NEW_OBJECTS)
            .byDefault(true);

    public static final Parameter<Boolean> ENABLE_SIDECARS = GROUP.define(
                    "enable_sidecars",
                    BOOLEAN,
                    "Allow sidecars in manifests; those of the configuration run in any case.",
                    NEW_OBJECTS)
            .byDefault(true);

    public static final Parameter<Boolean> SHARE_PGSOCKET_WITH_SIDECARS = GROUP.define(
                    "share_pgsocket_with_sidecars",
                    BOOLEAN,
                    "Share PostgreSQL's Unix socket with the sidecars.",
                    ROLLING_UPDATE)
            .unset();

    public static final Parameter<String> SECRET_NAME_TEMPLATE = GROUP.define(
                    "secret_name_template",
                    NAME,
                    "Name of the Secret of a role; `{username}`, `{cluster}`, `{tprkind}` and `{tprgroup}` are replaced.",
                    ROLLING_UPDATE,
                    SECRETS,
                    DANGER)
            .byDefault("{username}.{cluster}.credentials.{tprkind}.{tprgroup}");

    public static final Parameter<String> CLUSTER_DOMAIN = GROUP.define(
                    "cluster_domain", NAME, "DNS suffix of the Kubernetes cluster.", OPERATOR)
            .byDefault("cluster.local");

    public static final Parameter<Optional<NamespacedName>> OAUTH_TOKEN_SECRET_NAME = GROUP.define(
                    "oauth_token_secret_name", NAMESPACED_NAME, "Secret with the token for the Teams API.", OPERATOR)
            .byDefault(new Defaults<>(
                    Optional.of(NamespacedName.of("postgresql-operator")),
                    Optional.of(NamespacedName.of("postgres-operator")),
                    Optional.of(NamespacedName.of("postgres-operator"))));

    public static final Parameter<Optional<NamespacedName>> INFRASTRUCTURE_ROLES_SECRET_NAME = GROUP.define(
                    "infrastructure_roles_secret_name",
                    NAMESPACED_NAME,
                    "Secret that describes roles of every cluster by numbered keys.",
                    DATABASE,
                    SECRETS,
                    POOLER)
            .unset();

    public static final Parameter<List<InfrastructureRole>> INFRASTRUCTURE_ROLES_SECRETS = GROUP.define(
                    "infrastructure_roles_secrets",
                    INFRASTRUCTURE_ROLES,
                    "Secrets that describe roles of every cluster.",
                    DATABASE,
                    SECRETS,
                    POOLER)
            .unlikePeer(
                    "defaultuservalue, defaultrolevalue, details and template work in the resource too; a missing rolekey means no membership; names without namespace are in the operator's namespace in both sources.")
            .unset();

    public static final Parameter<String> POD_ROLE_LABEL = GROUP.define(
                    "pod_role_label", NAME, "Label of pods that says `master` or `replica`.", ROLLING_UPDATE, DANGER)
            .byDefault("spilo-role");

    public static final Parameter<Map<String, String>> CLUSTER_LABELS = GROUP.define(
                    "cluster_labels", MAP, "Labels of all objects of a cluster, and what they are selected by.", DANGER)
            .unsetWhenEmpty()
            .byDefault(Map.of("application", "spilo"));

    public static final Parameter<List<String>> INHERITED_LABELS = GROUP.define(
                    "inherited_labels",
                    NAMES,
                    "Labels of a manifest that its objects get too.",
                    REPLACEMENT,
                    ANNOTATIONS,
                    POOLER,
                    SERVICES,
                    SECRETS,
                    DISRUPTION_BUDGETS)
            .unset();

    public static final Parameter<List<String>> INHERITED_ANNOTATIONS = GROUP.define(
                    "inherited_annotations",
                    NAMES,
                    "Annotations of a manifest that its objects get too.",
                    REPLACEMENT,
                    ANNOTATIONS)
            .unset();

    public static final Parameter<List<String>> DOWNSCALER_ANNOTATIONS = GROUP.define(
                    "downscaler_annotations",
                    NAMES,
                    "Annotations of a manifest (regular expressions) that its StatefulSet and pooler get too.",
                    REPLACEMENT,
                    POOLER)
            .unset();

    public static final Parameter<List<String>> IGNORED_ANNOTATIONS = GROUP.define(
                    "ignored_annotations", NAMES, "Annotations that others write and that are not compared.", OPERATOR)
            .noEffect("annotations that others set are never touched, whatever they are called")
            .unset();

    public static final Parameter<String> CLUSTER_NAME_LABEL = GROUP.define(
                    "cluster_name_label", NAME, "Label that holds the name of the cluster.", DANGER)
            .byDefault("cluster-name");

    public static final Parameter<Optional<String>> DELETE_ANNOTATION_DATE_KEY = GROUP.define(
                    "delete_annotation_date_key",
                    OPTIONAL_NAME,
                    "Annotation that must hold today's date (YYYY-MM-DD) for a cluster to be deleted.",
                    OPERATOR)
            .unset();

    public static final Parameter<Optional<String>> DELETE_ANNOTATION_NAME_KEY = GROUP.define(
                    "delete_annotation_name_key",
                    OPTIONAL_NAME,
                    "Annotation that must hold the cluster's name for it to be deleted.",
                    OPERATOR)
            .unset();

    public static final Parameter<Map<String, String>> NODE_READINESS_LABEL = GROUP.define(
                    "node_readiness_label",
                    MAP,
                    "Labels of nodes that are ready for pods; a cordoned node without all of them is emptied: its primaries move.",
                    ROLLING_UPDATE,
                    POOLER)
            .unset();

    public static final Parameter<Optional<NodeReadinessMerge>> NODE_READINESS_LABEL_MERGE = GROUP.define(
                    "node_readiness_label_merge",
                    oneOf(List.of(NodeReadinessMerge.values()), Enum::name).optional(),
                    "How that label joins the node affinity of a manifest; without it the manifest's own affinity stands alone.",
                    ROLLING_UPDATE)
            .byDefault(Defaults.of(Optional.of(NodeReadinessMerge.OR), Optional.empty()));

    public static final Parameter<Map<String, String>> CUSTOM_POD_ANNOTATIONS = GROUP.define(
                    "custom_pod_annotations",
                    MAP,
                    "Annotations of all database, pooler and backup pods.",
                    REPLACEMENT,
                    ANNOTATIONS,
                    POOLER)
            .manifest("podAnnotations")
            .unset();

    public static final Parameter<Optional<Toleration>> TOLERATION = GROUP.define(
                    "toleration",
                    SINGLE_TOLERATION,
                    "Toleration of all database, pooler and backup pods.",
                    ROLLING_UPDATE,
                    POOLER,
                    CRON_JOB)
            .manifest("tolerations")
            .unset();

    public static final Parameter<Optional<NamespacedName>> POD_ENVIRONMENT_CONFIGMAP = GROUP.define(
                    "pod_environment_configmap",
                    NAMESPACED_NAME,
                    "ConfigMap whose entries become environment variables of the database container.",
                    ROLLING_UPDATE)
            .unset();

    public static final Parameter<Optional<String>> POD_ENVIRONMENT_SECRET = GROUP.define(
                    "pod_environment_secret",
                    OPTIONAL_NAME,
                    "Secret, in the cluster's namespace, whose entries become environment variables of the database container.",
                    ROLLING_UPDATE)
            .unset();

    public static final Parameter<Optional<String>> POD_PRIORITY_CLASS_NAME = GROUP.define(
                    "pod_priority_class_name", OPTIONAL_NAME, "PriorityClass of database pods.", ROLLING_UPDATE)
            .manifest("podPriorityClassName")
            .unset();

    public static final Parameter<Duration> MASTER_POD_MOVE_TIMEOUT = GROUP.define(
                    "master_pod_move_timeout",
                    POSITIVE_DURATION,
                    "How long the operator tries to move primaries off a node that is drained.",
                    OPERATOR)
            .noEffect(
                    "a switchover is awaited without a limit and without holding anything up; what it waits for is in the status")
            .unsetWhenEmpty()
            .byDefault(new Defaults<>(Duration.ofMinutes(20), Duration.ofMinutes(20), Duration.ofMinutes(20)));

    public static final Parameter<Boolean> ENABLE_POD_ANTIAFFINITY = GROUP.define(
                    "enable_pod_antiaffinity",
                    BOOLEAN,
                    "Keep the pods of a cluster on different nodes.",
                    ROLLING_UPDATE,
                    POOLER)
            .unset();

    public static final Parameter<Boolean> POD_ANTIAFFINITY_PREFERRED_DURING_SCHEDULING = GROUP.define(
                    "pod_antiaffinity_preferred_during_scheduling",
                    BOOLEAN,
                    "Prefer that, instead of demanding it.",
                    ROLLING_UPDATE,
                    POOLER)
            .unset();

    public static final Parameter<String> POD_ANTIAFFINITY_TOPOLOGY_KEY = GROUP.define(
                    "pod_antiaffinity_topology_key",
                    NAME,
                    "Label of nodes that says what counts as different.",
                    ROLLING_UPDATE,
                    POOLER)
            .byDefault("kubernetes.io/hostname");

    public static final Parameter<PodManagementPolicy> POD_MANAGEMENT_POLICY = GROUP.define(
                    "pod_management_policy",
                    oneOf(PodManagementPolicy.values()),
                    "Whether pods of a StatefulSet start one after another or all at once.",
                    REPLACEMENT)
            .byDefault(PodManagementPolicy.ORDERED_READY);

    public static final Parameter<ClaimRetention> PERSISTENT_VOLUME_CLAIM_RETENTION_POLICY = GROUP.define(
                    "persistent_volume_claim_retention_policy",
                    CLAIM_RETENTION,
                    "What becomes of volumes when the StatefulSet is deleted (`when_deleted`) or scaled in (`when_scaled`): retain or delete.",
                    REPLACEMENT)
            .unset();

    public static final Parameter<Boolean> ENABLE_SECRETS_DELETION = GROUP.define(
                    "enable_secrets_deletion", BOOLEAN, "Delete the Secrets with the cluster.", OPERATOR)
            .byDefault(true);

    public static final Parameter<Boolean> ENABLE_PERSISTENT_VOLUME_CLAIM_DELETION = GROUP.define(
                    "enable_persistent_volume_claim_deletion",
                    BOOLEAN,
                    "Delete the volumes with the cluster.",
                    OPERATOR)
            .byDefault(true);

    public static final Parameter<Boolean> ENABLE_READINESS_PROBE = GROUP.define(
                    "enable_readiness_probe", BOOLEAN, "Ask Patroni whether a pod is ready.", ROLLING_UPDATE)
            .unset();

    public static final Parameter<Boolean> ENABLE_CROSS_NAMESPACE_SECRET = GROUP.define(
                    "enable_cross_namespace_secret",
                    BOOLEAN,
                    "Put the Secret of a role `namespace.role` into that namespace.",
                    SECRETS)
            .unset();

    public static final Parameter<Boolean> ENABLE_FINALIZERS = GROUP.define(
                    "enable_finalizers",
                    BOOLEAN,
                    "Hold a manifest that is being deleted until its objects are gone.",
                    OPERATOR)
            .noEffect("there is always a finalizer, so that a deletion is never missed")
            .unset();

    private KubernetesParameters() {}

    public static ParameterGroup group() {
        return GROUP;
    }
}
