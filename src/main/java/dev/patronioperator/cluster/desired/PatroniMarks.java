package dev.patronioperator.cluster.desired;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.OwnerReference;

import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.kubernetes.naming.PatroniObject;
import dev.patronioperator.plan.ObjectRef;

/**
 * How the objects that Patroni makes are marked as the cluster's, where they exist: they are deleted with it, and whoever counts objects
 * by annotation finds them.
 *
 * @param objects the objects that Patroni may have made, of either kind of DCS
 * @param owners as for all objects of the cluster
 * @param annotations inherited from the manifest
 */
public record PatroniMarks(List<ObjectRef> objects, List<OwnerReference> owners, Map<String, String> annotations) {

    /** Nothing is marked. */
    public static final PatroniMarks NONE = new PatroniMarks(List.of(), List.of(), Map.of());

    static PatroniMarks render(ClusterModel model) {
        var identity = model.identity();
        var objects = new ArrayList<ObjectRef>();
        for (var object : PatroniObject.values()) {
            var name = identity.names().patroni(object);
            objects.add(new ObjectRef("v1", "ConfigMap", identity.namespace(), name));
            objects.add(new ObjectRef("v1", "Endpoints", identity.namespace(), name));
        }
        objects.add(new ObjectRef(
                "v1", "Service", identity.namespace(), identity.names().patroni(PatroniObject.CONFIG)));
        return new PatroniMarks(objects, identity.owners(), identity.inheritedAnnotations());
    }
}
