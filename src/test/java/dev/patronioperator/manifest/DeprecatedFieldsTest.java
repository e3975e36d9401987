package dev.patronioperator.manifest;

import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Container;
import org.junit.jupiter.api.Test;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.settings.Settings;

import static org.assertj.core.api.Assertions.assertThat;

class DeprecatedFieldsTest {

    private static final Postgresql OLD = ClusterManifests.with(
            """
            init_containers: [{name: first, image: "busybox:1"}]
            pod_priority_class_name: high
            useLoadBalancer: true
            replicaLoadBalancer: true
            """);

    @Test
    void eachIsNamedWithItsSuccessor() {
        assertThat(DeprecatedFields.of(OLD.getSpec()))
                .containsExactly(
                        "spec.init_containers is deprecated: write spec.initContainers",
                        "spec.pod_priority_class_name is deprecated: write spec.podPriorityClassName",
                        "spec.useLoadBalancer is deprecated: write spec.enableMasterLoadBalancer",
                        "spec.replicaLoadBalancer is deprecated: write spec.enableReplicaLoadBalancer");
    }

    @Test
    void allStillCount() {
        var model = ClusterModel.accept(OLD, Settings.defaults());

        assertThat(model.pod().initContainers()).extracting(Container::getName).contains("first");
        assertThat(model.pod().priorityClass()).isEqualTo(Optional.of("high"));
        assertThat(model.exposure().values()).extracting(Exposure::reach).containsOnly(Exposure.Reach.LOAD_BALANCER);
    }

    @Test
    void oneBesideItsSuccessorIsSaidNotToCount() {
        var both = ClusterManifests.with("pod_priority_class_name: high\npodPriorityClassName: low\n");

        assertThat(DeprecatedFields.of(both.getSpec()))
                .containsExactly("spec.pod_priority_class_name is deprecated: write spec.podPriorityClassName; it does "
                        + "not count, as its successor is given");
        assertThat(ClusterModel.accept(both, Settings.defaults()).pod().priorityClass())
                .isEqualTo(Optional.of("low"));
    }

    @Test
    void aManifestOfTodayUsesNone() {
        assertThat(DeprecatedFields.of(
                        ClusterManifests.with("podPriorityClassName: low\n").getSpec()))
                .isEqualTo(List.of());
    }

    /** One that was stored before its definition asked for a spec. */
    @Test
    void aManifestWithoutASpecUsesNone() {
        assertThat(DeprecatedFields.of(new Postgresql().getSpec())).isEmpty();
    }
}
