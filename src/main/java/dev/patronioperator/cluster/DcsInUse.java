package dev.patronioperator.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.Dcs;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.kubernetes.naming.PatroniObject;
import dev.patronioperator.plan.Known;

/**
 * Where Patroni of a cluster that exists keeps its state. That never changes with the configuration: members that look for the leader
 * in different places would each find none, and the cluster would have two primaries.
 *
 * <p>The StatefulSet says it; where there is none, because it is being replaced, what Patroni has written does.
 */
final class DcsInUse {

    private static final String POSTGRES = "postgres";
    private static final String INITIALIZED = "initialize";

    private DcsInUse() {}

    /** Empty for a cluster that does not exist yet. */
    static Known<Optional<Dcs>> of(ClusterModel model, ObjectReader reader) {
        var identity = model.identity();
        return switch (reader.get(
                StatefulSet.class, identity.namespace(), identity.names().statefulSet())) {
            case Known.Unknown<Optional<StatefulSet>>(String because) -> Known.unknown(because);
            case Known.Value<Optional<StatefulSet>>(Optional<StatefulSet> set) ->
                set.isPresent() ? Known.of(of(set.get())) : written(model, reader);
        };
    }

    static Optional<Dcs> of(StatefulSet set) {
        var environment = set.getSpec().getTemplate().getSpec().getContainers().stream()
                .filter(container -> POSTGRES.equals(container.getName()) && container.getEnv() != null)
                .flatMap(container -> container.getEnv().stream())
                .filter(variable -> variable.getValue() != null)
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue, (first, second) -> second));
        if (environment.containsKey("ETCD_HOST")) {
            return Optional.of(new Dcs.Etcd(environment.get("ETCD_HOST")));
        }
        if (!environment.containsKey("DCS_ENABLE_KUBERNETES_API")) {
            return Optional.empty();
        }
        return Optional.of(
                "true".equals(environment.get("KUBERNETES_USE_CONFIGMAPS"))
                        ? new Dcs.ConfigMaps()
                        : new Dcs.Endpoints());
    }

    private static Known<Optional<Dcs>> written(ClusterModel model, ObjectReader reader) {
        return switch (isWritten(ConfigMap.class, model, reader)) {
            case Known.Unknown<Boolean>(String because) -> Known.unknown(because);
            case Known.Value<Boolean>(Boolean there) when there -> Known.of(Optional.of(new Dcs.ConfigMaps()));
            case Known.Value<Boolean> ignored ->
                isWritten(Endpoints.class, model, reader)
                        .map(there -> there ? Optional.<Dcs>of(new Dcs.Endpoints()) : Optional.<Dcs>empty());
        };
    }

    private static <T extends HasMetadata> Known<Boolean> isWritten(
            Class<T> type, ClusterModel model, ObjectReader reader) {
        var identity = model.identity();
        return reader.get(type, identity.namespace(), identity.names().patroni(PatroniObject.CONFIG))
                .map(found -> found.map(object -> object.getMetadata().getAnnotations())
                        .map(Map::keySet)
                        .filter(keys -> keys.contains(INITIALIZED))
                        .isPresent());
    }
}
