package dev.patronioperator.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;

import dev.patronioperator.cluster.desired.DesiredObjects;
import dev.patronioperator.cluster.desired.SecretTemplate;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.observe.AdoptionRecord;
import dev.patronioperator.plan.ObjectRef;

/**
 * The manifest that a cluster goes by.
 *
 * @param model what it asks for; empty if none was ever accepted, or it is not known which
 * @param problems what is wrong with the newest manifest, one line each; empty if it is the one in force
 * @param record what is kept to remember an accepted manifest by; empty if the newest was not accepted
 * @param earlier what manifests before it asked for
 * @param superfluous records that are too old to be kept
 * @param adoption what is known of the time when another operator looked after the cluster
 */
public record ManifestInForce(
        Optional<ClusterModel> model,
        List<String> problems,
        Optional<ControllerRevision> record,
        List<ClusterModel> earlier,
        List<ControllerRevision> superfluous,
        AdoptionRecord adoption) {

    public ManifestInForce {
        problems = List.copyOf(problems);
        earlier = List.copyOf(earlier);
        superfluous = List.copyOf(superfluous);
    }

    /** The cluster's objects, with the record of its manifest before all others. */
    DesiredObjects withRecords(DesiredObjects desired) {
        return with(record, List.of(), desired);
    }

    /** The same on first sight, when something is left as it is: what that is has to be recorded before anything else is. */
    DesiredObjects withAdoption(ControllerRevision held, DesiredObjects desired) {
        return with(Optional.of(held), List.of(), desired);
    }

    /** The same once nothing is left of what was recorded on first sight. */
    DesiredObjects withoutAdoption(ControllerRevision held, DesiredObjects desired) {
        return with(record, List.of(held), desired);
    }

    private DesiredObjects with(
            Optional<ControllerRevision> first, List<ControllerRevision> finished, DesiredObjects desired) {
        var objects = new ArrayList<HasMetadata>();
        first.ifPresent(objects::add);
        objects.addAll(desired.objects());
        var unwanted = new HashSet<>(desired.unwanted());
        Stream.of(superfluous, finished).flatMap(List::stream).forEach(old -> unwanted.add(ObjectRef.of(old)));
        return new DesiredObjects(
                objects, desired.secrets(), unwanted, desired.patroni(), desired.eventStreams(), desired.awaited());
    }

    /** Objects that are not found by the cluster's labels in its namespace, or may not be: all by their names. */
    List<HasMetadata> beside(DesiredObjects desired) {
        return Stream.of(
                        desired.objects().stream(),
                        desired.secrets().stream().map(SecretTemplate::secret),
                        superfluous.stream(),
                        adoption.revision().stream())
                .<HasMetadata>flatMap(each -> each)
                .toList();
    }
}
