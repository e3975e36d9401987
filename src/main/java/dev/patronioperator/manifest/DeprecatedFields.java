package dev.patronioperator.manifest;

import java.util.List;
import java.util.stream.Stream;

import dev.patronioperator.api.PostgresqlSpec;

/**
 * The fields of a manifest that have a successor: the Zalando operator read them until version 1.14 and ignores them since 2.0. Here they
 * still count where the successor is silent, and whoever uses one is told.
 */
public final class DeprecatedFields {

    private DeprecatedFields() {}

    /** One sentence for each deprecated field that the manifest uses: what to write instead, and whether the field still counts. */
    public static List<String> of(PostgresqlSpec spec) {
        if (spec == null) {
            return List.of();
        }
        boolean newLoadBalancers = spec.enableMasterLoadBalancer() != null || spec.enableReplicaLoadBalancer() != null;
        return Stream.of(
                        used(
                                spec.legacyInitContainers(),
                                "spec.init_containers",
                                "spec.initContainers",
                                spec.initContainers() != null),
                        used(
                                spec.legacyPodPriorityClassName(),
                                "spec.pod_priority_class_name",
                                "spec.podPriorityClassName",
                                Given.text(spec.podPriorityClassName()).isPresent()),
                        used(
                                spec.useLoadBalancer(),
                                "spec.useLoadBalancer",
                                "spec.enableMasterLoadBalancer",
                                newLoadBalancers),
                        used(
                                spec.replicaLoadBalancer(),
                                "spec.replicaLoadBalancer",
                                "spec.enableReplicaLoadBalancer",
                                newLoadBalancers))
                .flatMap(each -> each)
                .toList();
    }

    private static Stream<String> used(Object value, String field, String successor, boolean overruled) {
        return value == null
                ? Stream.empty()
                : Stream.of(field + " is deprecated: write " + successor
                        + (overruled ? "; it does not count, as its successor is given" : ""));
    }
}
