package dev.patronioperator.cluster.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.patronioperator.api.StreamSpec;
import dev.patronioperator.api.StreamTable;
import dev.patronioperator.manifest.CanonicalQuantity;
import dev.patronioperator.manifest.Given;

/**
 * One application that turns changes of tables into events. Several entries of {@code spec.streams} can be one application's.
 *
 * @param cpu cores of the application, the largest amount that an entry asks for
 * @param memory bytes of the application, likewise
 */
public record StreamingApplication(
        String id, List<PublishedTable> tables, Optional<String> cpu, Optional<String> memory) {

    /**
     * A table whose changes are published.
     *
     * @param slot the replication slot that its changes are read from
     * @param filter which rows count, as a JSONPath expression
     * @param batchSize events that are handed on at a time
     */
    public record PublishedTable(
            String database,
            String schema,
            String name,
            String slot,
            Optional<String> filter,
            String eventType,
            Optional<Integer> batchSize,
            Optional<String> idColumn,
            Optional<String> payloadColumn,
            Recovery recovery) {}

    /** What becomes of events that cannot be delivered. */
    public sealed interface Recovery {

        /** They are tried again and again. */
        record None() implements Recovery {}

        /** They are dropped. */
        record Ignore() implements Recovery {}

        /** They are published as another event type. */
        record DeadLetter(String eventType) implements Recovery {}
    }

    private static final String DEFAULT_SCHEMA = "public";

    /** The output plugin of the slots, which is PostgreSQL's own. */
    public static final String PLUGIN = "pgoutput";

    /** The name of an application's replication slot in a database, and of its publication there. Not every name can be one. */
    public static String slot(String database, String application) {
        return "fes_" + database + "_" + application.replace('-', '_');
    }

    static List<StreamingApplication> all(List<StreamSpec> streams) {
        var byId = new LinkedHashMap<String, List<StreamSpec>>();
        Given.list(streams).stream()
                .filter(stream -> Given.text(stream.applicationId()).isPresent())
                .forEach(stream -> byId.computeIfAbsent(stream.applicationId(), ignored -> new ArrayList<>())
                        .add(stream));
        return byId.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static StreamingApplication of(String id, List<StreamSpec> streams) {
        return new StreamingApplication(
                id,
                streams.stream().flatMap(StreamingApplication::tables).toList(),
                largest(streams, StreamSpec::cpu),
                largest(streams, StreamSpec::memory));
    }

    /** As it is written: the reader of the annotation is another program. */
    private static Optional<String> largest(List<StreamSpec> streams, Function<StreamSpec, String> amount) {
        return streams.stream()
                .map(amount)
                .flatMap(text -> Given.text(text).stream())
                .filter(text -> CanonicalQuantity.parse(text).isPresent())
                .max(Comparator.comparing(text -> CanonicalQuantity.parse(text).orElseThrow()));
    }

    private static Stream<PublishedTable> tables(StreamSpec stream) {
        return new TreeMap<>(Given.map(stream.tables()))
                .entrySet().stream()
                        .filter(entry -> entry.getValue() != null)
                        .map(entry -> table(stream, entry.getKey(), entry.getValue()));
    }

    private static PublishedTable table(StreamSpec stream, String table, StreamTable details) {
        var dot = table.indexOf('.');
        var database = Given.text(stream.database()).orElse("");
        return new PublishedTable(
                database,
                dot < 0 ? DEFAULT_SCHEMA : table.substring(0, dot),
                table.substring(dot + 1),
                slot(database, stream.applicationId()),
                Given.text(Given.map(stream.filter()).get(table)),
                Given.text(details.eventType()).orElse(""),
                Optional.ofNullable(stream.batchSize()),
                Optional.ofNullable(details.idColumn()),
                Optional.ofNullable(details.payloadColumn()),
                recovery(stream, details));
    }

    private static Recovery recovery(StreamSpec stream, StreamTable details) {
        var named = Given.text(details.recoveryEventType());
        if (!Given.flag(stream.enableRecovery(), named.isPresent())) {
            return new Recovery.None();
        }
        return Given.flag(details.ignoreRecovery(), false)
                ? new Recovery.Ignore()
                : new Recovery.DeadLetter(named.orElseGet(() -> details.eventType() + "-dead-letter-queue"));
    }
}
