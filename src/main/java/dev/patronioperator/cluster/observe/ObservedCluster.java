package dev.patronioperator.cluster.observe;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import dev.patronioperator.api.FabricEventStream;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.ObjectRef;

/**
 * The facts about one cluster at one moment. Complete: if anything could not be read there is no observed cluster at all, and nothing
 * is done.
 *
 * @param objects the cluster's objects of the kinds we write that exist, by what they are
 * @param taken objects of others that have a name of the cluster's, and why they are not its own
 * @param instances the database pods by ordinal
 * @param revisions of the StatefulSet, by name: those that pods were made from, and that are not the present one
 * @param claims the claims of the data volumes
 * @param nodes what is known of the nodes that the pods run on
 * @param definedStreams the event streams; empty where the program that carries them out is not installed
 */
public record ObservedCluster(
        Map<ObjectRef, HasMetadata> objects,
        Map<ObjectRef, String> taken,
        List<ObservedInstance> instances,
        Map<String, ControllerRevision> revisions,
        List<PersistentVolumeClaim> claims,
        ObservedNodes nodes,
        Known<Optional<List<FabricEventStream>>> definedStreams,
        Dcs dcs,
        Instant at) {

    public ObservedCluster {
        objects = Map.copyOf(objects);
        taken = Map.copyOf(taken);
        instances = List.copyOf(instances);
        revisions = Map.copyOf(revisions);
        claims = List.copyOf(claims);
    }

    /** A cluster whose names nobody else has, where event streams are defined, and whose nodes nobody empties. */
    public ObservedCluster(
            Map<ObjectRef, HasMetadata> objects,
            List<ObservedInstance> instances,
            List<PersistentVolumeClaim> claims,
            Known<List<FabricEventStream>> eventStreams,
            Dcs dcs,
            Instant at) {
        this(
                objects,
                Map.of(),
                instances,
                Map.of(),
                claims,
                ObservedNodes.UNKNOWN,
                eventStreams.map(Optional::of),
                dcs,
                at);
    }

    /** The same with what is known of its nodes. */
    public ObservedCluster with(ObservedNodes others) {
        return new ObservedCluster(objects, taken, instances, revisions, claims, others, definedStreams, dcs, at);
    }

    /** The event streams; unknown where nobody has defined them, too. */
    public Known<List<FabricEventStream>> eventStreams() {
        return definedStreams.flatMap(defined -> defined.map(Known::of)
                .orElseGet(() ->
                        Known.unknown(HasMetadata.getFullResourceName(FabricEventStream.class) + " is not defined")));
    }

    public Optional<StatefulSet> statefulSet() {
        return objects.values().stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .findFirst();
    }

    /** Whether a pod was made from the template that its StatefulSet has; not while the StatefulSet's controller has not seen the latest one. */
    public boolean isOfPresentRevision(ObservedInstance instance) {
        return presentRevision().isPresent() && presentRevision().equals(instance.revision());
    }

    /** The revision of the StatefulSet's template; empty until its controller has seen the latest one. */
    public Optional<String> presentRevision() {
        return statefulSet().flatMap(TemplateRevisions::present);
    }

    public Optional<HasMetadata> find(ObjectRef ref) {
        return Optional.ofNullable(objects.get(ref));
    }

    public Optional<ObservedInstance> instance(String name) {
        return instances.stream().filter(i -> i.name().equals(name)).findFirst();
    }

    /**
     * The member that holds the leader key, if the key has not run out and its pod is there. A pod's role label is not asked: a frozen
     * primary keeps its label long after another member has taken over.
     */
    public Optional<ObservedInstance> leader() {
        return dcs.leader()
                .leader()
                .filter(name -> !dcs.leader().isExpired(at).orIfUnknown(true))
                .flatMap(this::instance);
    }

    /** The leader, if it takes writes as far as is known. */
    public Optional<ObservedInstance> writablePrimary() {
        return leader().filter(ObservedInstance::isUp).filter(ObservedInstance::claimsToBePrimary);
    }
}
