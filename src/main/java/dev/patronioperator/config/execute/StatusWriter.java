package dev.patronioperator.config.execute;

import java.time.Clock;

import jakarta.inject.Singleton;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.jboss.logging.Logger;

import dev.patronioperator.api.OperatorConfiguration;
import dev.patronioperator.api.OperatorConfigurationStatus;
import dev.patronioperator.kubernetes.Conditions;

/** Writes the condition {@code Accepted} of an OperatorConfiguration, if it says anything new. */
@Singleton
public class StatusWriter {
    private static final Logger LOG = Logger.getLogger(StatusWriter.class);
    private static final String ACCEPTED = "Accepted";
    private static final String MANAGER = "patroni-operator-configuration";

    private final KubernetesClient client;
    private final Clock clock;

    public StatusWriter(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    public void write(OperatorConfiguration seen, Conditions.Status value, String reason, String message) {
        var generation = seen.getMetadata().getGeneration();
        var before = seen.getStatus() == null ? null : seen.getStatus().conditions();
        var status = new OperatorConfigurationStatus(
                generation,
                new Conditions(before, generation, clock.instant())
                        .with(ACCEPTED, value, reason, message)
                        .build());
        if (!status.equals(seen.getStatus())) {
            apply(seen, status);
        }
    }

    private void apply(OperatorConfiguration seen, OperatorConfigurationStatus status) {
        var update = new OperatorConfiguration();
        update.setMetadata(new ObjectMetaBuilder()
                .withNamespace(seen.getMetadata().getNamespace())
                .withName(seen.getMetadata().getName())
                .build());
        update.setStatus(status);
        try {
            client.resource(update)
                    .subresource("status")
                    .patch(new PatchContext.Builder()
                            .withPatchType(PatchType.SERVER_SIDE_APPLY)
                            .withFieldManager(MANAGER)
                            .withForce(true)
                            .build());
        } catch (KubernetesClientException e) {
            // The event and the log say the same; a configuration is not worse for a status that could not be written.
            LOG.warnf(
                    "Status of OperatorConfiguration %s could not be written: %s",
                    seen.getMetadata().getName(), e.getMessage());
        }
    }
}
