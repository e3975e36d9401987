package dev.patronioperator.pooler.desired;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

import dev.patronioperator.kubernetes.naming.Labels;
import dev.patronioperator.kubernetes.naming.MemberRole;
import dev.patronioperator.manifest.ServicePorts;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.pooler.model.PoolerModel;

/**
 * The objects of a cluster's poolers, in the order in which they are made.
 *
 * @param objects holding the fields we set and no others. The user list is a Secret with passwords in it: no part of it may be shown
 * @param unwanted what a pooler that is not wanted would consist of; deleted where it exists
 */
public record PoolerObjects(List<HasMetadata> objects, Set<ObjectRef> unwanted) {

    public PoolerObjects {
        objects = List.copyOf(objects);
        unwanted = Set.copyOf(unwanted);
    }

    /** The same model and inputs give the same objects, always and to the letter. */
    public static PoolerObjects render(PoolerModel model, PoolerInputs inputs) {
        var objects = new ArrayList<HasMetadata>();
        var unwanted = new HashSet<ObjectRef>();
        for (var role : MemberRole.values()) {
            if (model.exposure().containsKey(role)) {
                var users = UserList.of(inputs, role);
                users.secret(model, role).ifPresent(objects::add);
                objects.add(PoolerDeployment.render(model, inputs, users, role));
                objects.add(service(model, role));
            } else {
                unwanted.addAll(parts(model, role));
            }
        }
        return new PoolerObjects(objects, unwanted);
    }

    private static Service service(PoolerModel model, MemberRole role) {
        var identity = model.identity();
        var name = identity.names().pooler(role);
        var exposure = model.exposure().get(role);
        return new ServiceBuilder()
                .withMetadata(identity.meta(name, identity.labels().poolerSelector(role), exposure.annotations()))
                .withSpec(ServicePorts.spec(exposure, ServicePorts.postgres(name), Map.of(Labels.POOLER, name)))
                .build();
    }

    private static List<ObjectRef> parts(PoolerModel model, MemberRole role) {
        var namespace = model.identity().namespace();
        var names = model.identity().names();
        return List.of(
                new ObjectRef("apps/v1", "Deployment", namespace, names.pooler(role)),
                new ObjectRef("v1", "Service", namespace, names.pooler(role)),
                new ObjectRef("v1", "Secret", namespace, names.poolerUserList(role)));
    }
}
