package dev.patronioperator.manifest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.patronioperator.api.PostgresqlSpec;
import dev.patronioperator.kubernetes.naming.Annotations;
import dev.patronioperator.kubernetes.naming.MemberRole;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.LoadBalancerParameters;
import dev.patronioperator.settings.value.ExternalTrafficPolicy;

/**
 * How a Service is reached from outside, and its annotations.
 *
 * @param sourceRanges who may reach a load balancer
 * @param nodePort a port the manifest insists on
 */
public record Exposure(
        Reach reach,
        List<String> sourceRanges,
        ExternalTrafficPolicy trafficPolicy,
        Optional<Integer> nodePort,
        Map<String, String> annotations) {

    /** From where a Service is reached. */
    public enum Reach {
        CLUSTER("ClusterIP"),
        LOAD_BALANCER("LoadBalancer"),
        NODE_PORT("NodePort");

        private final String serviceType;

        Reach(String serviceType) {
            this.serviceType = serviceType;
        }

        public String serviceType() {
            return serviceType;
        }
    }

    /** A load balancer nobody was named for lets nobody in. */
    private static final List<String> NOBODY = List.of("127.0.0.1/32");

    /**
     * What manifest and configuration say of one Service.
     *
     * @param loadBalancer the manifest's switch, may be null
     * @param nodePort the manifest's switch, may be null
     * @param port the manifest's port, may be null or 0
     */
    record Wish(
            Boolean loadBalancer,
            boolean loadBalancerOtherwise,
            Boolean nodePort,
            boolean nodePortOtherwise,
            Integer port) {

        Reach reach() {
            if (Given.flag(nodePort, nodePortOtherwise)) {
                return Reach.NODE_PORT;
            }
            return Given.flag(loadBalancer, loadBalancerOtherwise) ? Reach.LOAD_BALANCER : Reach.CLUSTER;
        }

        /** A port counts only if the manifest itself asks for node ports. */
        Optional<Integer> fixedPort() {
            return nodePort != null && nodePort ? Optional.ofNullable(port).filter(it -> it != 0) : Optional.empty();
        }
    }

    /** Of the Service of a role. */
    public static Exposure ofDatabase(PostgresqlSpec spec, Settings settings, Identity identity, MemberRole role) {
        var wish = role == MemberRole.PRIMARY
                ? new Wish(
                        legacy(spec, spec.enableMasterLoadBalancer(), spec.useLoadBalancer()),
                        settings.get(LoadBalancerParameters.ENABLE_MASTER_LOAD_BALANCER),
                        spec.enableMasterNodePort(),
                        settings.get(LoadBalancerParameters.ENABLE_MASTER_NODE_PORT),
                        spec.masterNodePort())
                : new Wish(
                        legacy(spec, spec.enableReplicaLoadBalancer(), spec.replicaLoadBalancer()),
                        settings.get(LoadBalancerParameters.ENABLE_REPLICA_LOAD_BALANCER),
                        spec.enableReplicaNodePort(),
                        settings.get(LoadBalancerParameters.ENABLE_REPLICA_NODE_PORT),
                        spec.replicaNodePort());
        return of(wish, spec, settings, identity, role, new DnsNames(identity, settings).ofDatabase(role));
    }

    /** Of the Service of a role's pooler. */
    public static Exposure ofPooler(PostgresqlSpec spec, Settings settings, Identity identity, MemberRole role) {
        var wish = role == MemberRole.PRIMARY
                ? new Wish(
                        spec.enableMasterPoolerLoadBalancer(),
                        settings.get(LoadBalancerParameters.ENABLE_MASTER_POOLER_LOAD_BALANCER),
                        spec.enableMasterPoolerNodePort(),
                        settings.get(LoadBalancerParameters.ENABLE_MASTER_POOLER_NODE_PORT),
                        spec.masterPoolerNodePort())
                : new Wish(
                        spec.enableReplicaPoolerLoadBalancer(),
                        settings.get(LoadBalancerParameters.ENABLE_REPLICA_POOLER_LOAD_BALANCER),
                        spec.enableReplicaPoolerNodePort(),
                        settings.get(LoadBalancerParameters.ENABLE_REPLICA_POOLER_NODE_PORT),
                        spec.replicaPoolerNodePort());
        return of(wish, spec, settings, identity, role, new DnsNames(identity, settings).ofPooler(role));
    }

    private static Exposure of(
            Wish wish, PostgresqlSpec spec, Settings settings, Identity identity, MemberRole role, String hostnames) {
        var ranges = Given.list(spec.allowedSourceRanges());
        var annotations = new TreeMap<>(settings.get(LoadBalancerParameters.CUSTOM_SERVICE_ANNOTATIONS));
        annotations.putAll(Given.map(spec.serviceAnnotations()));
        annotations.putAll(Given.map(
                role == MemberRole.PRIMARY ? spec.masterServiceAnnotations() : spec.replicaServiceAnnotations()));
        if (wish.reach() == Reach.LOAD_BALANCER) {
            annotations.put(Annotations.EXTERNAL_DNS_HOSTNAME, hostnames);
        }
        annotations.putAll(identity.inheritedAnnotations());
        return new Exposure(
                wish.reach(),
                wish.reach() == Reach.LOAD_BALANCER ? ranges.isEmpty() ? NOBODY : List.copyOf(ranges) : List.of(),
                settings.get(LoadBalancerParameters.EXTERNAL_TRAFFIC_POLICY),
                wish.fixedPort(),
                annotations);
    }

    /** The switches of v1 count only in a manifest that uses none of their successors. */
    private static Boolean legacy(PostgresqlSpec spec, Boolean current, Boolean former) {
        return spec.enableMasterLoadBalancer() == null && spec.enableReplicaLoadBalancer() == null ? former : current;
    }
}
