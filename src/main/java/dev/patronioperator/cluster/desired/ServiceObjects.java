package dev.patronioperator.cluster.desired;

import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;

import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.kubernetes.naming.MemberRole;
import dev.patronioperator.manifest.ServicePorts;

/** The Services of primary and replicas. */
final class ServiceObjects {

    /** Patroni writes the leader's Endpoints with a port of this name. */
    private static final String PORT_NAME = "postgresql";

    private ServiceObjects() {}

    static List<Service> render(ClusterModel model) {
        return List.of(service(model, MemberRole.PRIMARY), service(model, MemberRole.REPLICA));
    }

    /** Where Patroni keeps the leader in the primary Service's own Endpoints, these are ours to make; who is in them is Patroni's to say. */
    static List<Endpoints> endpoints(ClusterModel model) {
        if (model.dcs().primaryServiceSelects()) {
            return List.of();
        }
        var identity = model.identity();
        return List.of(new EndpointsBuilder()
                .withMetadata(identity.meta(
                        identity.names().service(MemberRole.PRIMARY),
                        identity.labels().full(MemberRole.PRIMARY),
                        identity.inheritedAnnotations()))
                .build());
    }

    private static Service service(ClusterModel model, MemberRole role) {
        var identity = model.identity();
        var exposure = model.exposure().get(role);
        return new ServiceBuilder()
                .withMetadata(identity.meta(
                        identity.names().service(role), identity.labels().full(role), exposure.annotations()))
                .withSpec(ServicePorts.spec(exposure, port(), selector(model, role)))
                .build();
    }

    private static ServicePort port() {
        return ServicePorts.postgres(PORT_NAME);
    }

    private static Map<String, String> selector(ClusterModel model, MemberRole role) {
        return role == MemberRole.PRIMARY && !model.dcs().primaryServiceSelects()
                ? Map.of()
                : model.identity().labels().selector(role);
    }
}
