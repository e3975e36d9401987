package dev.patronioperator.cluster.desired;

import io.fabric8.kubernetes.api.model.IntOrString;
import org.junit.jupiter.api.Test;

import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.GeneralParameters;
import dev.patronioperator.settings.parameters.KubernetesParameters;

import static org.assertj.core.api.Assertions.assertThat;

class BudgetObjectsTest {

    private static final String STRICT = "patroni: {synchronous_mode: true, synchronous_mode_strict: true}\n";

    @Test
    void strictSynchronousReplicationKeepsItsOneStandbyToo() {
        var settings = Settings.defaults().with(KubernetesParameters.PDB_MASTER_LABEL_SELECTOR, false);

        assertThat(minAvailable(STRICT, settings)).isEqualTo(new IntOrString(2));
    }

    @Test
    void aClusterThatTheConfigurationStopsMayBeEvicted() {
        var settings = Settings.defaults().with(GeneralParameters.MAX_INSTANCES, 0);

        assertThat(minAvailable("", settings)).isEqualTo(new IntOrString(0));
    }

    private static IntOrString minAvailable(String fields, Settings settings) {
        var model = ClusterModel.accept(ClusterManifests.with(fields), settings);
        return BudgetObjects.render(model).getFirst().getSpec().getMinAvailable();
    }
}
