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
import dev.patronioperator.plan.ObjectRef;

/**
 * The manifest that a cluster goes by.
 *
 * @param model what it asks for; empty if none was ever accepted, or it is not known which
 * @param problems what is wrong with the newest manifest, one line each; empty if it is the one in force
 * @param record what is kept to remember an accepted manifest by; empty if the newest was not accepted
 * @param earlier what manifests before it asked for
 * @param superfluous records that are too old to be kept
 */
public record ManifestInForce(
        Optional<ClusterModel> model,
        List<String> problems,
        Optional<ControllerRevision> record,
        List<ClusterModel> earlier,
        List<ControllerRevision> superfluous) {

    public ManifestInForce {
        problems = List.copyOf(problems);
        earlier = List.copyOf(earlier);
        superfluous = List.copyOf(superfluous);
    }

    /** The cluster's objects, with the record of its manifest before all others. */
    DesiredObjects withRecords(DesiredObjects desired) {
        var objects = new ArrayList<HasMetadata>();
        record.ifPresent(objects::add);
        objects.addAll(desired.objects());
        var unwanted = new HashSet<>(desired.unwanted());
        superfluous.forEach(old -> unwanted.add(ObjectRef.of(old)));
        return new DesiredObjects(
                objects, desired.secrets(), unwanted, desired.patroni(), desired.eventStreams(), desired.awaited());
    }

    /** Objects that are not found by the cluster's labels in its namespace, or may not be: all by their names. */
    List<HasMetadata> beside(DesiredObjects desired) {
        return Stream.of(
                        desired.objects().stream(),
                        desired.secrets().stream().map(SecretTemplate::secret),
                        superfluous.stream())
                .<HasMetadata>flatMap(each -> each)
                .toList();
    }
}
