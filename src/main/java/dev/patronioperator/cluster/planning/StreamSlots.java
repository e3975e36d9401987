package dev.patronioperator.cluster.planning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.patronioperator.api.FabricEventStream;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.plan.Known;

/** What is seen of the replication slots of event streams from outside of PostgreSQL. */
final class StreamSlots {

    private StreamSlots() {}

    /** The slots that Patroni is to keep, each with its settings; unknown where its dynamic configuration is. */
    static Known<Map<String, Map<?, ?>>> configured(ObservedCluster observed) {
        return observed.dcs().config().config().map(config -> {
            var slots = new LinkedHashMap<String, Map<?, ?>>();
            if (config.tree().get("slots") instanceof Map<?, ?> found) {
                found.forEach((name, settings) ->
                        slots.put(String.valueOf(name), settings instanceof Map<?, ?> map ? map : Map.of()));
            }
            return slots;
        });
    }

    /**
     * Whether a stream may be there of which nothing is known, so that no slot is known to have no reader. Where nobody has defined event
     * streams there is none.
     */
    static boolean mayBeRead(ObservedCluster observed) {
        return observed.definedStreams().isUnknown();
    }

    /** The slots that event streams read from as far as is known, those among them that are on their way out too. */
    static Set<String> read(ObservedCluster observed) {
        var slots = new TreeSet<String>();
        observed.eventStreams().orIfUnknown(List.of()).forEach(stream -> slots.addAll(readBy(stream)));
        return slots;
    }

    /** The slots that an event stream reads from. */
    static Set<String> readBy(FabricEventStream stream) {
        var slots = new TreeSet<String>();
        if (stream.getSpec() != null && stream.getSpec().eventStreams() != null) {
            for (var entry : stream.getSpec().eventStreams()) {
                if (entry.source() != null
                        && entry.source().jdbcConnection() != null
                        && entry.source().jdbcConnection().slotName() != null) {
                    slots.add(entry.source().jdbcConnection().slotName());
                }
            }
        }
        return slots;
    }
}
