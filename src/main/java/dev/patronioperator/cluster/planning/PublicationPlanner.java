package dev.patronioperator.cluster.planning;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.patronioperator.cluster.desired.DesiredStreams;
import dev.patronioperator.cluster.model.StreamingApplication;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedDatabases;
import dev.patronioperator.cluster.observe.StreamsLook;
import dev.patronioperator.postgres.streams.PublicationConvergence;
import dev.patronioperator.postgres.streams.PublicationSpec;
import dev.patronioperator.postgres.streams.PublicationState;
import dev.patronioperator.postgres.streams.SlotsInUse;
import dev.patronioperator.sql.Obstacle;
import dev.patronioperator.sql.SqlChange;

/**
 * Plans the publications of event streams in all databases. Where nobody has defined event streams none are made: a slot that nobody
 * reads from keeps the WAL until the volume is full.
 */
public final class PublicationPlanner {

    private final DesiredStreams wanted;
    private final ObservedCluster observed;
    private final ObservedDatabases found;
    private final String superuser;

    private PublicationPlanner(
            DesiredStreams wanted, ObservedCluster observed, ObservedDatabases found, String superuser) {
        this.wanted = wanted;
        this.observed = observed;
        this.found = found;
        this.superuser = superuser;
    }

    /**
     * What differs inside.
     *
     * @param obstacles what keeps publications from being as they should
     */
    public record Planned(List<SqlChange> changes, StreamsLook look, List<Obstacle> obstacles) {}

    /** @param superuser whom the operator is in the database */
    public static Planned plan(
            DesiredStreams wanted, ObservedCluster observed, ObservedDatabases found, String superuser) {
        return new PublicationPlanner(wanted, observed, found, superuser).plan();
    }

    private Planned plan() {
        boolean defined = !observed.eventStreams().isUnknown();
        var streams = defined ? wanted.publications() : List.<PublicationSpec>of();
        var slots = slotsInUse();
        var changes = new ArrayList<SqlChange>();
        var obstacles = new ArrayList<>(homeless(streams));
        var hidden = hidden();
        obstacles.addAll(hidden.values());
        var published = new HashSet<String>();
        var unmarked = new HashSet<>(hidden.keySet());
        var leftover = new HashSet<>(orphans());
        new TreeMap<>(found.insides()).forEach((database, inside) -> {
            var here = streams.stream()
                    .filter(publication -> publication.database().equals(database))
                    .toList();
            var planned = PublicationConvergence.plan(database, here, inside.publications(), superuser, slots);
            changes.addAll(planned.changes());
            obstacles.addAll(planned.obstacles());
            published.addAll(planned.right());
            unmarked.addAll(planned.unmarked());
            leftover.addAll(planned.leftover());
        });
        return new Planned(changes, new StreamsLook(published, missing(streams), unmarked, leftover), obstacles);
    }

    private Set<String> missing(List<PublicationSpec> streams) {
        var missing = new TreeSet<String>();
        streams.stream()
                .filter(publication ->
                        !publication.database().equals(found.slots().get(publication.name())))
                .forEach(publication -> missing.add(publication.name()));
        return missing;
    }

    /** Streams of databases that are not there or that nobody can look into; of those that the manifest has itself it is told elsewhere. */
    private List<Obstacle> homeless(List<PublicationSpec> streams) {
        return streams.stream()
                .filter(publication -> !found.insides().containsKey(publication.database()))
                .filter(publication -> !wanted.databases().contains(publication.database()))
                .map(publication -> found.hidden(publication.database())
                        .map(why -> new Obstacle(
                                "publication " + publication.name(),
                                "database " + publication.database() + " " + why.problem(),
                                why.remedy()))
                        .orElseGet(() -> new Obstacle(
                                "publication " + publication.name(),
                                "there is no database " + publication.database(),
                                "Name it in databases or preparedDatabases, or correct the stream")))
                .toList();
    }

    /**
     * Slots of streams that are not wanted any more, in databases where nobody can look whose publications they are. Streams that read
     * from them are the only record, and stay.
     */
    private Map<String, Obstacle> hidden() {
        var asked = asked();
        var hidden = new TreeMap<String, Obstacle>();
        StreamSlots.read(observed).stream()
                .filter(slot -> !asked.contains(slot))
                .forEach(
                        slot -> found.hidden(found.slots().getOrDefault(slot, ""))
                                .ifPresent(
                                        why -> hidden.put(
                                                slot,
                                                new Obstacle(
                                                        "replication slot " + slot,
                                                        "database "
                                                                + found.slots().get(slot) + " " + why.problem(),
                                                        "Allow connections to it, and the slot goes with its stream and publication"))));
        return hidden;
    }

    private SlotsInUse slotsInUse() {
        var read = StreamSlots.read(observed);
        var all = new HashSet<>(read);
        all.addAll(found.slots().keySet());
        var configured = StreamSlots.configured(observed);
        all.addAll(configured.orIfUnknown(Map.of()).keySet());
        if (configured.isUnknown() || StreamSlots.mayBeRead(observed)) {
            // What is not known to be gone is in use.
            found.insides().values().stream()
                    .flatMap(inside -> inside.publications().stream())
                    .map(PublicationState::name)
                    .forEach(all::add);
        }
        return new SlotsInUse(all, read, asked());
    }

    private Set<String> asked() {
        var asked = new HashSet<>(wanted.otherSlots());
        wanted.publications().stream().map(PublicationSpec::name).forEach(asked::add);
        return asked;
    }

    /** Slots of streams whose database somebody has dropped, their publications with it: Patroni tries to make them for ever. */
    private Set<String> orphans() {
        var asked = asked();
        var orphans = new TreeSet<String>();
        StreamSlots.configured(observed).orIfUnknown(Map.of()).forEach((name, settings) -> {
            var database = String.valueOf(settings.get("database"));
            if (name.startsWith(StreamingApplication.slot(database, ""))
                    && StreamingApplication.PLUGIN.equals(settings.get("plugin"))
                    && !found.owners().containsKey(database)
                    && !found.closed().contains(database)
                    && !asked.contains(name)) {
                orphans.add(name);
            }
        });
        return orphans;
    }
}
