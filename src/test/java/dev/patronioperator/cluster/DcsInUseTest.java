package dev.patronioperator.cluster;

import java.util.List;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import org.junit.jupiter.api.Test;

import dev.patronioperator.cluster.model.Dcs;
import dev.patronioperator.cluster.planning.DcsPlanner;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlanText;

import static org.assertj.core.api.Assertions.assertThat;

/** Patroni's state of a cluster that exists stays where it is. */
class DcsInUseTest {

    private static StatefulSet with(EnvVar... variables) {
        return new StatefulSetBuilder()
                .withNewSpec()
                .withNewTemplate()
                .withNewSpec()
                .addNewContainer()
                .withName("exporter")
                .endContainer()
                .addNewContainer()
                .withName("postgres")
                .withEnv(List.of(variables))
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVar(name, value, null);
    }

    @Test
    void podsSayWhereItIs() {
        var kubernetes = variable("DCS_ENABLE_KUBERNETES_API", "true");
        assertThat(DcsInUse.of(with(kubernetes))).contains(new Dcs.Endpoints());
        assertThat(DcsInUse.of(with(kubernetes, variable("KUBERNETES_USE_CONFIGMAPS", "true"))))
                .contains(new Dcs.ConfigMaps());
        assertThat(DcsInUse.of(with(variable("ETCD_HOST", "etcd:2379")))).contains(new Dcs.Etcd("etcd:2379"));
        assertThat(DcsInUse.of(with())).isEmpty();
    }

    @Test
    void anotherPlaceIsRefusedAndTheReasonSaid() {
        var plan = new Plan(DcsPlanner.refusals(new Dcs.ConfigMaps(), new Dcs.Endpoints()));

        assertThat(PlanText.text(plan))
                .contains(
                        "Refuse to move Patroni's state of a running cluster from Endpoints to ConfigMaps",
                        "kubernetes_use_configmaps: Endpoints -> ConfigMaps (refused)");
        assertThat(plan.changesAnything()).isFalse();
        assertThat(DcsPlanner.refusals(new Dcs.Endpoints(), new Dcs.Endpoints()))
                .isEmpty();
    }
}
