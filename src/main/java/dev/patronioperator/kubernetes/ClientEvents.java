package dev.patronioperator.kubernetes;

import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jboss.logging.Logger;

/**
 * Writes events of {@code events.k8s.io/v1}. The name of an event follows from what it says and on which occasion, so that the API
 * server itself sees to it that everything is said once, also when an operator dies between saying and noting that it did.
 */
@ApplicationScoped
public class ClientEvents implements Events {

    private static final Logger LOG = Logger.getLogger(ClientEvents.class);
    private static final int LONGEST_NOTE = 1024;
    private static final java.time.format.DateTimeFormatter MICROS =
            java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

    private final KubernetesClient client;
    private final Clock clock;

    public ClientEvents(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    @Override
    public void record(HasMetadata regarding, Announcement announcement) {
        try {
            client.resource(event(regarding, announcement)).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                // An event is a courtesy: the status says the same, and nothing may depend on it.
                LOG.warnf("Event %s could not be written: %s", announcement.reason(), e.getMessage());
            }
        }
    }

    private Event event(HasMetadata regarding, Announcement said) {
        var metadata = regarding.getMetadata();
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName() + "." + identity(metadata.getUid(), said))
                .endMetadata()
                .withEventTime(new MicroTime(ZonedDateTime.now(clock)
                        .withZoneSameInstant(ZoneOffset.UTC)
                        .format(MICROS)))
                .withReportingController("patroni-operator.dev/operator")
                .withReportingInstance(FieldManagers.OURS)
                .withAction(said.action())
                .withReason(said.reason())
                .withType(said.type().value())
                .withNote(shortened(said.note()))
                .withRegarding(new ObjectReferenceBuilder()
                        .withApiVersion(regarding.getApiVersion())
                        .withKind(regarding.getKind())
                        .withNamespace(metadata.getNamespace())
                        .withName(metadata.getName())
                        .withUid(metadata.getUid())
                        .build())
                .build();
    }

    private static String identity(String uid, Announcement said) {
        var what = String.join("\n", uid, said.reason(), said.occasion(), said.note());
        return UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "")
                .substring(0, 16);
    }

    /** The API server counts bytes. */
    private static String shortened(String note) {
        var text = note;
        while (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_NOTE) {
            text = text.substring(0, text.length() - text.length() / 20 - 2) + "…";
        }
        return text;
    }
}
