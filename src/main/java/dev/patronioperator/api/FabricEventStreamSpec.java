package dev.patronioperator.api;

import java.util.List;

/** One application's streams: an entry for each table that it publishes. */
@ManifestPart
public record FabricEventStreamSpec(String applicationId, List<EventStream> eventStreams) {

    /** From a table (source) over a transformation (flow) to an event type (sink). */
    @ManifestPart
    public record EventStream(Recovery recovery, Flow flow, Sink sink, Source source) {}

    /** Type {@code None}, {@code Ignore} or {@code DeadLetter}; only the last one has a sink. */
    @ManifestPart
    public record Recovery(String type, Sink sink) {}

    /** Always {@code PostgresWalToGenericNakadiEvent}. */
    @ManifestPart
    public record Flow(String type, String payloadColumn) {}

    /** Always {@code Nakadi}. */
    @ManifestPart
    public record Sink(String type, String eventType, Integer maxBatchSize) {}

    /** Always {@code PostgresLogicalReplication}. */
    @ManifestPart
    public record Source(String type, String schema, Table table, String filter, JdbcConnection jdbcConnection) {}

    /** The outbox table. */
    @ManifestPart
    public record Table(String name, String idColumn) {}

    /** Connection to the database, with its credentials by reference. */
    @ManifestPart
    public record JdbcConnection(
            String jdbcUrl,
            String slotName,
            String pluginType,
            String publicationName,
            DatabaseAuthentication databaseAuthentication) {}

    /** Always {@code DatabaseAuthenticationSecret}. */
    @ManifestPart
    public record DatabaseAuthentication(String type, String name, String userKey, String passwordKey) {}
}
