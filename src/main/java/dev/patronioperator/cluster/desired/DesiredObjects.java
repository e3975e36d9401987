package dev.patronioperator.cluster.desired;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.fabric8.kubernetes.api.model.HasMetadata;

import dev.patronioperator.api.FabricEventStream;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.plan.ObjectRef;

/**
 * The objects that a cluster needs, in the order in which they are made.
 *
 * @param objects everything but the Secrets, holding the fields we set and no others
 * @param secrets credentials; made before the StatefulSet, whose pods read them
 * @param unwanted what this cluster could have by its names but does not want now; deleted where it exists
 * @param patroni marks of the objects that Patroni makes
 * @param eventStreams made once there are databases; their names are those of the ones that exist for the same application
 * @param awaited what has to be there before the rest can be rendered; empty if this is everything
 */
public record DesiredObjects(
        List<HasMetadata> objects,
        List<SecretTemplate> secrets,
        Set<ObjectRef> unwanted,
        PatroniMarks patroni,
        List<FabricEventStream> eventStreams,
        List<String> awaited) {

    public DesiredObjects {
        objects = List.copyOf(objects);
        secrets = List.copyOf(secrets);
        unwanted = Set.copyOf(unwanted);
        eventStreams = List.copyOf(eventStreams);
        awaited = List.copyOf(awaited);
    }

    /** The same with less of what is the cluster's alone. */
    public DesiredObjects with(List<HasMetadata> fewer, List<SecretTemplate> fewerSecrets) {
        return new DesiredObjects(fewer, fewerSecrets, unwanted, patroni, eventStreams, awaited);
    }

    /** The same model and inputs give the same objects, always and to the letter. */
    public static DesiredObjects render(ClusterModel model, ExternalInputs inputs) {
        var objects = new ArrayList<HasMetadata>();
        objects.addAll(PodAccess.render(model));
        objects.addAll(ServiceObjects.endpoints(model));
        objects.addAll(ServiceObjects.render(model));
        objects.addAll(BudgetObjects.render(model));
        inputs.podEnvironment()
                .map(environment -> StatefulSetObject.render(model, environment))
                .ifPresent(objects::add);
        return new DesiredObjects(
                objects,
                CredentialSecrets.render(model),
                Set.of(),
                PatroniMarks.render(model),
                EventStreamObjects.render(model),
                inputs.missing());
    }
}
