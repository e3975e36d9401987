package dev.patronioperator.cluster.desired;

import java.util.Locale;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.CapabilitiesBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;

import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.manifest.MemberPorts;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.KubernetesParameters;

/** The container with PostgreSQL and Patroni. Its mounts come with the volumes. */
final class PostgresContainer {

    /** The name by which everyone finds it: users, dashboards, the peer. */
    static final String NAME = "postgres";

    private PostgresContainer() {}

    static Container render(ClusterModel model, ExternalInputs.PodEnvironment environment) {
        var settings = model.settings();
        return new ContainerBuilder()
                .withName(NAME)
                .withImage(model.server().image())
                .withImagePullPolicy("IfNotPresent")
                .withPorts(MemberPorts.ALL)
                .withEnv(SpiloEnvironment.render(model, environment))
                .withEnvFrom(model.pod().envFrom())
                .withResources(model.pod().resources().requirements())
                .withSecurityContext(securityContext(settings))
                .withReadinessProbe(readiness(settings).orElse(null))
                .withLivenessProbe(model.pod().livenessProbe().orElse(null))
                .build();
    }

    private static SecurityContext securityContext(Settings settings) {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(settings.get(KubernetesParameters.SPILO_ALLOW_PRIVILEGE_ESCALATION))
                .withPrivileged(settings.get(KubernetesParameters.SPILO_PRIVILEGED))
                .withReadOnlyRootFilesystem(false)
                .withCapabilities(capabilities(settings).orElse(null))
                .build();
    }

    private static Optional<Capabilities> capabilities(Settings settings) {
        var added = settings.get(KubernetesParameters.ADDITIONAL_POD_CAPABILITIES).stream()
                .map(capability -> capability.toUpperCase(Locale.ROOT))
                .toList();
        return added.isEmpty()
                ? Optional.empty()
                : Optional.of(new CapabilitiesBuilder().withAdd(added).build());
    }

    /** Patroni answers 200 while PostgreSQL runs and the DCS can be reached. */
    private static Optional<Probe> readiness(Settings settings) {
        if (!settings.get(KubernetesParameters.ENABLE_READINESS_PROBE)) {
            return Optional.empty();
        }
        return Optional.of(new ProbeBuilder()
                .withNewHttpGet()
                .withPath("/readiness")
                .withNewPort(MemberPorts.PATRONI)
                .withScheme("HTTP")
                .endHttpGet()
                .withInitialDelaySeconds(6)
                .withPeriodSeconds(10)
                .withTimeoutSeconds(5)
                .withSuccessThreshold(1)
                .withFailureThreshold(3)
                .build());
    }
}
