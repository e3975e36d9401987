package dev.patronioperator.cluster.desired;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.patronioperator.api.FabricEventStream;
import dev.patronioperator.api.FabricEventStreamSpec;
import dev.patronioperator.api.FabricEventStreamSpec.DatabaseAuthentication;
import dev.patronioperator.api.FabricEventStreamSpec.EventStream;
import dev.patronioperator.api.FabricEventStreamSpec.Flow;
import dev.patronioperator.api.FabricEventStreamSpec.JdbcConnection;
import dev.patronioperator.api.FabricEventStreamSpec.Recovery;
import dev.patronioperator.api.FabricEventStreamSpec.Sink;
import dev.patronioperator.api.FabricEventStreamSpec.Source;
import dev.patronioperator.api.FabricEventStreamSpec.Table;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.Roles;
import dev.patronioperator.cluster.model.StreamingApplication;
import dev.patronioperator.cluster.model.StreamingApplication.PublishedTable;
import dev.patronioperator.manifest.Credentials;

/** The event streams, one object for each application. Another operator carries them out. */
final class EventStreamObjects {

    private static final String CPU = "fes.zalando.org/FES_CPU";
    private static final String MEMORY = "fes.zalando.org/FES_MEMORY";
    private static final String NAKADI = "Nakadi";

    private EventStreamObjects() {}

    static List<FabricEventStream> render(ClusterModel model) {
        return model.streams().stream()
                .map(application -> render(model, application))
                .toList();
    }

    private static FabricEventStream render(ClusterModel model, StreamingApplication application) {
        var identity = model.identity();
        var stream = new FabricEventStream();
        stream.setMetadata(identity.meta(
                identity.names().eventStream(application.id()),
                identity.labels().full(),
                annotations(model, application)));
        stream.setSpec(new FabricEventStreamSpec(
                application.id(),
                application.tables().stream()
                        .map(table -> eventStream(model, table))
                        .toList()));
        return stream;
    }

    private static Map<String, String> annotations(ClusterModel model, StreamingApplication application) {
        var annotations = new TreeMap<String, String>();
        application.cpu().ifPresent(amount -> annotations.put(CPU, amount));
        application.memory().ifPresent(amount -> annotations.put(MEMORY, amount));
        annotations.putAll(model.identity().workloadAnnotations());
        return annotations;
    }

    private static EventStream eventStream(ClusterModel model, PublishedTable table) {
        return new EventStream(
                recovery(table),
                new Flow(
                        "PostgresWalToGenericNakadiEvent", table.payloadColumn().orElse(null)),
                sink(table, table.eventType()),
                new Source(
                        "PostgresLogicalReplication",
                        table.schema(),
                        new Table(table.name(), table.idColumn().orElse(null)),
                        table.filter().orElse(null),
                        connection(model, table)));
    }

    private static Recovery recovery(PublishedTable table) {
        return switch (table.recovery()) {
            case StreamingApplication.Recovery.None() -> new Recovery("None", null);
            case StreamingApplication.Recovery.Ignore() -> new Recovery("Ignore", null);
            case StreamingApplication.Recovery.DeadLetter(String eventType) ->
                new Recovery("DeadLetter", sink(table, eventType));
        };
    }

    private static Sink sink(PublishedTable table, String eventType) {
        return new Sink(NAKADI, eventType, table.batchSize().orElse(null));
    }

    private static JdbcConnection connection(ClusterModel model, PublishedTable table) {
        var identity = model.identity();
        var url = "jdbc:postgresql://%s.%s/%s?user=%s&ssl=true&sslmode=require"
                .formatted(identity.name(), identity.namespace(), table.database(), Roles.STREAM_USER);
        return new JdbcConnection(
                url,
                table.slot(),
                "pgoutput",
                null,
                new DatabaseAuthentication(
                        "DatabaseAuthenticationSecret",
                        model.credentials().secretName(identity.name(), Roles.STREAM_USER),
                        Credentials.USERNAME,
                        Credentials.PASSWORD));
    }
}
