package dev.patronioperator.cluster.desired;

import java.util.List;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;

import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.Sidecar;
import dev.patronioperator.manifest.Given;
import dev.patronioperator.manifest.Variables;

/** The containers beside PostgreSQL's. Each knows its pod and can log in as the superuser. */
final class SidecarContainers {

    private SidecarContainers() {}

    static List<Container> render(ClusterModel model) {
        return model.pod().sidecars().stream()
                .map(sidecar -> render(sidecar, model))
                .toList();
    }

    private static Container render(Sidecar sidecar, ClusterModel model) {
        return sidecar.container().edit().withEnv(environment(sidecar, model)).build();
    }

    /** What every sidecar gets comes first and cannot be overridden. */
    private static List<EnvVar> environment(Sidecar sidecar, ClusterModel model) {
        var credentials = model.credentials();
        var cluster = model.identity().name();
        return new Environment()
                .add(Variables.ofField("POD_NAME", "metadata.name"))
                .add(Variables.ofField("POD_NAMESPACE", "metadata.namespace"))
                .add("POSTGRES_USER", credentials.superuser())
                .add(credentials.password("POSTGRES_PASSWORD", cluster, credentials.superuser()))
                .addAll(Given.list(sidecar.container().getEnv()))
                .list();
    }
}
