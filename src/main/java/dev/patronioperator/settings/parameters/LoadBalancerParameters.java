package dev.patronioperator.settings.parameters;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.patronioperator.settings.Defaults;
import dev.patronioperator.settings.Parameter;
import dev.patronioperator.settings.ParameterGroup;
import dev.patronioperator.settings.Source;
import dev.patronioperator.settings.codec.Codecs;
import dev.patronioperator.settings.value.ExternalTrafficPolicy;

import static dev.patronioperator.settings.Effect.NONE;
import static dev.patronioperator.settings.Effect.SERVICES;
import static dev.patronioperator.settings.codec.Codecs.BOOLEAN;
import static dev.patronioperator.settings.codec.Codecs.MAP;
import static dev.patronioperator.settings.codec.Codecs.NAME;
import static dev.patronioperator.settings.codec.Codecs.TEXT;
import static dev.patronioperator.settings.codec.Codecs.oneOf;

/** Parameters of the group {@code load_balancer}. */
public final class LoadBalancerParameters {
    private static final ParameterGroup GROUP = ParameterGroup.named("load_balancer", "Services and load balancers");

    public static final Parameter<String> DB_HOSTED_ZONE = GROUP.define(
                    "db_hosted_zone", NAME, "DNS zone of the names that external-dns is asked for.", SERVICES)
            .byDefault("db.example.com");

    public static final Parameter<Boolean> ENABLE_MASTER_LOAD_BALANCER = GROUP.define(
                    "enable_master_load_balancer",
                    BOOLEAN,
                    "Make the Service of the primary a load balancer.",
                    SERVICES)
            .manifest("enableMasterLoadBalancer")
            .byDefault(Defaults.of(true, false));

    public static final Parameter<Boolean> ENABLE_MASTER_POOLER_LOAD_BALANCER = GROUP.define(
                    "enable_master_pooler_load_balancer",
                    BOOLEAN,
                    "Make the Service of the primary's pooler a load balancer.",
                    SERVICES)
            .manifest("enableMasterPoolerLoadBalancer")
            .unset();

    public static final Parameter<Boolean> ENABLE_MASTER_NODE_PORT = GROUP.define(
                    "enable_master_node_port",
                    BOOLEAN,
                    "Give the Service of the primary a node port; wins over the load balancer.",
                    SERVICES)
            .manifest("enableMasterNodePort, masterNodePort")
            .unset();

    public static final Parameter<Boolean> ENABLE_MASTER_POOLER_NODE_PORT = GROUP.define(
                    "enable_master_pooler_node_port",
                    BOOLEAN,
                    "Give the Service of the primary's pooler a node port; wins over the load balancer.",
                    SERVICES)
            .manifest("enableMasterPoolerNodePort, masterPoolerNodePort")
            .unset();

    public static final Parameter<Boolean> ENABLE_REPLICA_LOAD_BALANCER = GROUP.define(
                    "enable_replica_load_balancer",
                    BOOLEAN,
                    "Make the Service of the replicas a load balancer.",
                    SERVICES)
            .manifest("enableReplicaLoadBalancer")
            .unset();

    public static final Parameter<Boolean> ENABLE_REPLICA_POOLER_LOAD_BALANCER = GROUP.define(
                    "enable_replica_pooler_load_balancer",
                    BOOLEAN,
                    "Make the Service of the replicas' pooler a load balancer.",
                    SERVICES)
            .manifest("enableReplicaPoolerLoadBalancer")
            .unset();

    public static final Parameter<Boolean> ENABLE_REPLICA_NODE_PORT = GROUP.define(
                    "enable_replica_node_port",
                    BOOLEAN,
                    "Give the Service of the replicas a node port; wins over the load balancer.",
                    SERVICES)
            .manifest("enableReplicaNodePort, replicaNodePort")
            .unset();

    public static final Parameter<Boolean> ENABLE_REPLICA_POOLER_NODE_PORT = GROUP.define(
                    "enable_replica_pooler_node_port",
                    BOOLEAN,
                    "Give the Service of the replicas' pooler a node port; wins over the load balancer.",
                    SERVICES)
            .manifest("enableReplicaPoolerNodePort, replicaPoolerNodePort")
            .unset();

    public static final Parameter<Map<String, String>> CUSTOM_SERVICE_ANNOTATIONS = GROUP.define(
                    "custom_service_annotations", MAP, "Annotations of all Services.", SERVICES)
            .manifest("serviceAnnotations, masterServiceAnnotations, replicaServiceAnnotations")
            .unset();

    public static final Parameter<String> MASTER_DNS_NAME_FORMAT = GROUP.define(
                    "master_dns_name_format",
                    NAME,
                    "DNS name of the primary's load balancer; `{cluster}`, `{namespace}`, `{team}` and `{hostedzone}` are replaced.",
                    SERVICES)
            .byDefault("{cluster}.{namespace}.{hostedzone}");

    public static final Parameter<String> MASTER_LEGACY_DNS_NAME_FORMAT = GROUP.define(
                    "master_legacy_dns_name_format",
                    TEXT,
                    "Second DNS name of a cluster whose name begins with its team; `{cluster}` is the name without the team.",
                    SERVICES)
            .byDefault("{cluster}.{team}.{hostedzone}");

    public static final Parameter<String> REPLICA_DNS_NAME_FORMAT = GROUP.define(
                    "replica_dns_name_format",
                    NAME,
                    "DNS name of the replicas' load balancer; as for the primary.",
                    SERVICES)
            .byDefault("{cluster}-repl.{namespace}.{hostedzone}");

    public static final Parameter<String> REPLICA_LEGACY_DNS_NAME_FORMAT = GROUP.define(
                    "replica_legacy_dns_name_format",
                    TEXT,
                    "Second DNS name of the replicas; as for the primary.",
                    SERVICES)
            .byDefault("{cluster}-repl.{team}.{hostedzone}");

    public static final Parameter<ExternalTrafficPolicy> EXTERNAL_TRAFFIC_POLICY = GROUP.define(
                    "external_traffic_policy",
                    oneOf(List.of(ExternalTrafficPolicy.values()), Codecs::capitalised),
                    "Whether nodes without such a pod take traffic of load balancers and node ports.",
                    SERVICES)
            .byDefault(ExternalTrafficPolicy.CLUSTER);

    public static final Parameter<Optional<Boolean>> ENABLE_LOAD_BALANCER = GROUP.define(
                    "enable_load_balancer", BOOLEAN.optional(), "Not used.", NONE)
            .noEffect("replaced by enable_master_load_balancer and enable_replica_load_balancer")
            .only(Source.CONFIG_MAP)
            .deprecated("use enable_master_load_balancer and enable_replica_load_balancer")
            .unset();

    private LoadBalancerParameters() {}

    public static ParameterGroup group() {
        return GROUP;
    }
}
