package dev.patronioperator.cluster.desired;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.StreamingApplication;
import dev.patronioperator.cluster.model.StreamingApplication.PublishedTable;
import dev.patronioperator.postgres.streams.PublicationSpec;
import dev.patronioperator.postgres.streams.TableName;

/**
 * What event streams need inside PostgreSQL and of Patroni.
 *
 * @param publications one for each replication slot; both have the same name
 * @param databases those that the manifest asks for
 * @param otherSlots the slots that the manifest asks for by itself, whatever its streams need
 */
public record DesiredStreams(List<PublicationSpec> publications, Set<String> databases, Set<String> otherSlots) {

    public DesiredStreams {
        publications = List.copyOf(publications);
        databases = Set.copyOf(databases);
        otherSlots = Set.copyOf(otherSlots);
    }

    public static DesiredStreams of(ClusterModel model) {
        var tables = new LinkedHashMap<String, TreeSet<TableName>>();
        var databases = new TreeMap<String, String>();
        model.streams().stream()
                .flatMap(application -> application.tables().stream())
                .forEach(table -> {
                    databases.put(table.slot(), table.database());
                    tables.computeIfAbsent(table.slot(), slot -> new TreeSet<>())
                            .add(name(table));
                });
        return new DesiredStreams(
                databases.keySet().stream()
                        .map(slot -> new PublicationSpec(databases.get(slot), slot, tables.get(slot)))
                        .toList(),
                model.databases().owners().keySet(),
                model.dynamicConfiguration().slots().keySet());
    }

    private static TableName name(PublishedTable table) {
        return new TableName(table.schema(), table.name());
    }

    /** The slot as Patroni's dynamic configuration describes it; Patroni makes it and keeps it over a failover. */
    public static Map<String, Object> slot(PublicationSpec publication) {
        return new TreeMap<>(
                Map.of("type", "logical", "database", publication.database(), "plugin", StreamingApplication.PLUGIN));
    }
}
