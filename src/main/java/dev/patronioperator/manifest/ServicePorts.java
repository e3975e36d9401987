package dev.patronioperator.manifest;

import java.util.Map;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.ServiceSpecBuilder;

import dev.patronioperator.settings.value.ExternalTrafficPolicy;

/** Specs of the Services through which PostgreSQL is reached. */
public final class ServicePorts {

    /** Where PostgreSQL and the poolers listen. */
    public static final int POSTGRES = 5432;

    private ServicePorts() {}

    public static ServicePort postgres(String name) {
        return new ServicePortBuilder()
                .withName(name)
                .withPort(POSTGRES)
                .withTargetPort(new IntOrString(POSTGRES))
                .build();
    }

    /** The spec of a Service that is exposed that way. */
    public static ServiceSpec spec(Exposure exposure, ServicePort port, Map<String, String> selector) {
        return new ServiceSpecBuilder()
                .withType(exposure.reach().serviceType())
                .withPorts(exposure.nodePort()
                        .map(fixed -> port.edit().withNodePort(fixed).build())
                        .orElse(port))
                .withSelector(selector.isEmpty() ? null : selector)
                .withLoadBalancerSourceRanges(exposure.sourceRanges())
                .withExternalTrafficPolicy(
                        exposure.reach() == Exposure.Reach.CLUSTER ? null : policy(exposure.trafficPolicy()))
                .build();
    }

    private static String policy(ExternalTrafficPolicy policy) {
        return switch (policy) {
            case CLUSTER -> "Cluster";
            case LOCAL -> "Local";
        };
    }
}
