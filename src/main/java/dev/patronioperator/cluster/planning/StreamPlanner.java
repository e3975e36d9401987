package dev.patronioperator.cluster.planning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.patronioperator.api.FabricEventStream;
import dev.patronioperator.cluster.desired.DesiredStreams;
import dev.patronioperator.cluster.observe.DatabaseLook;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.plan.Deferred;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;
import dev.patronioperator.postgres.streams.PublicationSpec;

/**
 * Puts event streams in order. On the way in: the publication, then its replication slot, then the stream that reads; each once the one
 * before it has been seen. On the way out the other way round. What is ours on the way out is known by the mark of its publication, which
 * therefore goes last.
 */
public final class StreamPlanner {

    /** Patroni makes and drops slots in its own time; nothing tells when it has. */
    private static final Duration PATRONI_LOOKS = Duration.ofSeconds(5);

    /** Nothing tells when a kind that could not be read can be. */
    private static final Duration READABLE_LOOK = Duration.ofMinutes(1);

    private final DesiredStreams wanted;
    private final ObservedCluster observed;
    private final DatabaseLook look;

    public StreamPlanner(DesiredStreams wanted, ObservedCluster observed, DatabaseLook look) {
        this.wanted = wanted;
        this.observed = observed;
        this.look = look;
    }

    /** The steps without those on event streams whose time has not come. Where databases are somebody else's to look after, so is the order. */
    public List<PlannedStep> inOrder(List<PlannedStep> steps) {
        return look instanceof DatabaseLook.NotOurs
                ? steps
                : steps.stream().filter(planned -> isDue(planned.step())).toList();
    }

    private boolean isDue(Step step) {
        return switch (step) {
            case Step.Apply(FabricEventStream stream, var _) ->
                StreamSlots.readBy(stream).stream().allMatch(this::isReadable);
            case Step.Delete(ObjectRef object, var _) when object.kind().equals("FabricEventStream") -> mayGo(object);
            default -> true;
        };
    }

    private boolean isReadable(String slot) {
        return switch (look) {
            case DatabaseLook.AsBefore _ -> true;
            case DatabaseLook.Seen seen -> seen.streams().isReadable(slot);
            default -> false;
        };
    }

    /** It is the only record of what another operator made for it, until that is marked as ours. */
    private boolean mayGo(ObjectRef object) {
        return switch (look) {
            case DatabaseLook.AsBefore _ -> true;
            case DatabaseLook.Seen seen ->
                observed.eventStreams().orIfUnknown(List.of()).stream()
                        .filter(stream -> ObjectRef.of(stream).equals(object))
                        .flatMap(stream -> StreamSlots.readBy(stream).stream())
                        .noneMatch(seen.streams().unmarked()::contains);
            default -> false;
        };
    }

    /** What Patroni is asked for, and what is waited for. */
    public List<PlannedStep> slots(Explanation why) {
        var steps = new ArrayList<PlannedStep>();
        var slots = new TreeMap<String, Object>();
        published().forEach(publication -> slots.put(publication.name(), DesiredStreams.slot(publication)));
        unread().forEach(slot -> slots.put(slot, null));
        PatroniPlanner.slots(slots, observed, why).ifPresent(steps::add);
        if (look instanceof DatabaseLook.Seen seen) {
            seen.streams().missing().stream()
                    .filter(configured().keySet()::contains)
                    .sorted()
                    .forEach(slot -> steps.add(await("Patroni to make replication slot " + slot)));
            if (observed.definedStreams() instanceof Known.Unknown<?>(String because)
                    && !seen.streams().leftover().isEmpty()) {
                steps.add(PlannedStep.of(
                        new Step.Await("event streams to be readable", READABLE_LOOK),
                        Impact.NONE,
                        Reason.of(Reason.Code.MISSING, because)));
            } else {
                seen.streams().leftover().stream()
                        .sorted()
                        .forEach(slot -> steps.add(await("replication slot " + slot + " to go")));
            }
        }
        return steps;
    }

    /** What is left for later as long as nobody carries out event streams, or they cannot be read. */
    public Optional<Deferred> untilDefined() {
        return look instanceof DatabaseLook.NotOurs
                        || wanted.publications().isEmpty()
                        || !(observed.eventStreams() instanceof Known.Unknown<?>(String because))
                ? Optional.empty()
                : Optional.of(new Deferred(
                        "Make event streams",
                        "somebody carries them out",
                        List.of(Reason.of(Reason.Code.MISSING, because))));
    }

    private Stream<PublicationSpec> published() {
        return switch (look) {
            case DatabaseLook.AsBefore _ when !observed.eventStreams().isUnknown() -> wanted.publications().stream();
            case DatabaseLook.Seen seen ->
                wanted.publications().stream()
                        .filter(publication -> seen.streams().published().contains(publication.name()));
            default -> Stream.empty();
        };
    }

    /** Slots that Patroni is to keep although their streams are gone; none while streams may be there that cannot be read. */
    private Set<String> unread() {
        var unread = new TreeSet<String>();
        if (look instanceof DatabaseLook.Seen seen && !StreamSlots.mayBeRead(observed)) {
            unread.addAll(seen.streams().leftover());
            unread.retainAll(configured().keySet());
            unread.removeAll(StreamSlots.read(observed));
        }
        return unread;
    }

    private Map<String, Map<?, ?>> configured() {
        return StreamSlots.configured(observed).orIfUnknown(Map.of());
    }

    private static PlannedStep await(String what) {
        return PlannedStep.of(new Step.Await(what, PATRONI_LOOKS), Impact.NONE, Reason.of(Reason.Code.MISSING));
    }
}
