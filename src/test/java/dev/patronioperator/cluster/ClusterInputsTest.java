package dev.patronioperator.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.cluster.desired.ExternalInputs;
import dev.patronioperator.cluster.desired.ExternalInputs.PodEnvironment;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.kubernetes.OperatorNamespace;
import dev.patronioperator.plan.Known;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.settings.parameters.KubernetesParameters;
import dev.patronioperator.settings.value.NamespacedName;

import static org.assertj.core.api.Assertions.assertThat;

class ClusterInputsTest {

    private final Map<String, Known<Optional<ConfigMap>>> configMaps = new HashMap<>();

    private final ObjectReader reader = new ObjectReader() {
        @Override
        @SuppressWarnings("unchecked")
        public <T extends HasMetadata> Known<Optional<T>> get(Class<T> type, String namespace, String name) {
            return (Known<Optional<T>>) (Known<?>) configMaps.getOrDefault(namespace, Known.of(Optional.empty()));
        }

        @Override
        public <T extends HasMetadata> Known<List<T>> list(
                Class<T> type, String namespace, Map<String, String> labels) {
            return Known.of(List.of());
        }
    };

    private static Known<Optional<ConfigMap>> holding(String value) {
        return Known.of(Optional.of(new ConfigMapBuilder().addToData("A", value).build()));
    }

    private Optional<Map<String, String>> variables() {
        return inputs().podEnvironment().map(PodEnvironment::configMap).map(Map::copyOf);
    }

    private ExternalInputs inputs() {
        var manifest = new KubernetesSerialization()
                .unmarshal(
                        """
                        apiVersion: acid.zalan.do/v1
                        kind: postgresql
                        metadata: {name: orders, namespace: team, uid: u}
                        spec: {teamId: acid, numberOfInstances: 1, postgresql: {version: "17"}, volume: {size: 1Gi}}
                        """,
                        Postgresql.class);
        var settings = Settings.defaults()
                .with(KubernetesParameters.POD_ENVIRONMENT_CONFIGMAP, Optional.of(NamespacedName.of("env")));
        try (var client = new KubernetesClientBuilder().build()) {
            return new ClusterInputs(new OperatorNamespace(Optional.of("operator"), client))
                    .of(ClusterModel.accept(manifest, settings), reader);
        }
    }

    @Test
    void theOneInTheOperatorsNamespaceComesFirst() {
        configMaps.put("operator", holding("1"));
        configMaps.put("team", holding("2"));

        assertThat(variables()).contains(Map.of("A", "1"));
    }

    @Test
    void theOneBesideTheClusterStandsInForOneThatIsNotThere() {
        configMaps.put("team", holding("2"));

        assertThat(variables()).contains(Map.of("A", "2"));
    }

    @Test
    void nothingStandsInForOneThatCannotBeRead() {
        configMaps.put("operator", Known.unknown("the API server does not answer"));
        configMaps.put("team", holding("2"));

        assertThat(variables()).as("no environment, so that no pod is touched").isEmpty();
    }

    @Test
    void oneThatIsNowhereIsNoEmptyEnvironmentAndIsWaitedFor() {
        assertThat(variables()).isEmpty();
        assertThat(inputs().missing())
                .singleElement()
                .asString()
                .contains("ConfigMap env", "pod_environment_configmap");
    }
}
