package dev.patronioperator.cluster.planning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

import dev.patronioperator.api.FabricEventStream;
import dev.patronioperator.api.FabricEventStreamSpec;
import dev.patronioperator.api.FabricEventStreamSpec.EventStream;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.controller.planning.ObjectPlanner;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;

/**
 * Plans the event streams. They are told apart by their application, not by their names: those of the peer end in characters that it
 * drew by lot. Where the kind is not defined, or cannot be read, nothing is planned.
 */
final class EventStreamPlanner {

    private final ObjectsPlanner objects;

    EventStreamPlanner(ObjectsPlanner objects) {
        this.objects = objects;
    }

    List<PlannedStep> plan(List<FabricEventStream> wanted, ObservedCluster observed, Explanation why) {
        return observed.eventStreams()
                .map(found -> plan(wanted, byApplication(found), observed, why))
                .orIfUnknown(List.of());
    }

    private List<PlannedStep> plan(
            List<FabricEventStream> wanted,
            Map<String, FabricEventStream> found,
            ObservedCluster observed,
            Explanation why) {
        var left = new LinkedHashMap<>(found);
        var steps = new ArrayList<PlannedStep>();
        for (var stream : wanted) {
            var there = left.remove(stream.getSpec().applicationId());
            if (there != null) {
                objects.change(inPlaceOf(there, stream), there, why).ifPresent(steps::add);
            } else if (observed.writablePrimary().isPresent()) {
                steps.add(ObjectPlanner.make(stream));
            }
        }
        left.values().stream()
                .flatMap(
                        stream -> ObjectPlanner.delete(stream, Impact.NONE, Reason.of(Reason.Code.NOT_WANTED)).stream())
                .forEach(steps::add);
        return steps;
    }

    /** The first by name stands for its application; it should be the only one. */
    private static Map<String, FabricEventStream> byApplication(List<FabricEventStream> found) {
        var byApplication = new LinkedHashMap<String, FabricEventStream>();
        found.stream()
                .filter(stream -> stream.getSpec() != null)
                .sorted(Comparator.comparing(ObjectRef::of))
                .forEach(stream -> byApplication.putIfAbsent(stream.getSpec().applicationId(), stream));
        return byApplication;
    }

    /** Under the name of the one that is there, its entries in the order that they have there: the order means nothing. */
    private static FabricEventStream inPlaceOf(FabricEventStream there, FabricEventStream wanted) {
        var entries = new ArrayList<EventStream>();
        var left = new ArrayList<>(wanted.getSpec().eventStreams());
        var present = there.getSpec().eventStreams();
        if (present != null) {
            present.stream().filter(left::remove).forEach(entries::add);
        }
        entries.addAll(left);
        var stream = new FabricEventStream();
        stream.setMetadata(new ObjectMetaBuilder(wanted.getMetadata())
                .withName(there.getMetadata().getName())
                .build());
        stream.setSpec(new FabricEventStreamSpec(wanted.getSpec().applicationId(), entries));
        return stream;
    }
}
