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
import dev.patronioperator.plan.Known;
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
        var published = new HashSet<String>();
        var unmarked = new HashSet<String>();
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

    /** Streams of databases that are not there, and that nobody is about to make. */
    private List<Obstacle> homeless(List<PublicationSpec> streams) {
        return streams.stream()
                .filter(publication -> !found.insides().containsKey(publication.database()))
                .filter(publication -> !wanted.databases().contains(publication.database()))
                .map(publication -> new Obstacle(
                        "publication " + publication.name(),
                        "there is no database " + publication.database(),
                        "Name it in databases or preparedDatabases, or correct the stream"))
                .toList();
    }

    private SlotsInUse slotsInUse() {
        var read = StreamSlots.read(observed);
        var all = new HashSet<>(read);
        all.addAll(found.slots().keySet());
        switch (StreamSlots.configured(observed)) {
            case Known.Value<Map<String, Map<?, ?>>>(var slots) -> all.addAll(slots.keySet());
            // What is not known to be gone is in use.
            case Known.Unknown<Map<String, Map<?, ?>>> ignored ->
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
                    && !asked.contains(name)) {
                orphans.add(name);
            }
        });
        return orphans;
    }
}
