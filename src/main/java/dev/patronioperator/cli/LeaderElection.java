package dev.patronioperator.cli;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.quarkus.arc.Unremovable;

import dev.patronioperator.kubernetes.HeldLease;

/**
 * Of several processes of one operator one acts: the holder of a Lease. The others watch too, so that they can take over at once. A
 * process that loses its lease ends.
 */
@Singleton
class LeaderElection {

    private final OperatorState state;

    LeaderElection(OperatorState state) {
        this.state = state;
    }

    /**
     * The identity is the name of the Pod: a container that is started again in its Pod goes on without waiting for its own lease to end.
     *
     * @return null if {@code LEADER_ELECTION=false}: for one process on a desk
     */
    @Produces
    @Dependent
    @Unremovable
    LeaderElectionConfiguration configuration(KubernetesClient client) {
        var namespace = Optional.ofNullable(client.getNamespace()).orElse("default");
        return Election.of(System.getenv(), namespace)
                .map(election -> configuration(election, client))
                .orElse(null);
    }

    private LeaderElectionConfiguration configuration(Election election, KubernetesClient client) {
        var lease = new HeldLease(client, election.namespace(), election.lease(), election.identity());
        var end = new EndOfLeading(
                lease, state::isEnding, () -> Runtime.getRuntime().halt(ExitCode.ERROR));
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(election.lease())
                .withLeaseNamespace(election.namespace())
                .withIdentity(election.identity())
                .withLeaderCallbacks(new LeaderCallbacks(() -> {}, end, leader -> {}))
                .build();
    }

    /** Which lease, and under which name it is held. */
    record Election(String namespace, String lease, String identity) {

        static Optional<Election> of(Map<String, String> environment, String namespaceElsewhere) {
            if ("false".equalsIgnoreCase(environment.get("LEADER_ELECTION"))) {
                return Optional.empty();
            }
            var controller = environment
                    .getOrDefault("CONTROLLER_ID", "")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^a-z0-9.-]", "-");
            return Optional.of(new Election(
                    environment.getOrDefault("OPERATOR_NAMESPACE", namespaceElsewhere),
                    controller.isEmpty() ? "patroni-operator" : "patroni-operator-" + controller,
                    environment.getOrDefault("POD_NAME", processName())));
        }
    }

    /** Outside a Pod no two processes may take themselves for the same. */
    private static String processName() {
        var process = ProcessHandle.current();
        var started = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return "process-" + process.pid() + "-" + started;
    }
}
