package dev.patronioperator.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.testkit.ApiServer;
import dev.patronioperator.testkit.crd.SchemaNodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A cluster that was stored under a definition without our rules stays editable under ours. The definition is installed under another
 * group, so that no other test meets it.
 */
@Tag("apiserver")
class AdoptionIT {

    private static final String GROUP = "adoption.patronioperator.dev";
    private static final String MANIFEST =
            """
            apiVersion: %s/v1
            kind: postgresql
            metadata: {name: acid-5678901234567890123456789012345678901234567890123456, namespace: %s}
            spec:
              teamId: acid
              numberOfInstances: 1
              postgresql: {version: "17"}
              volume: {size: 100K}
              maintenanceWindows: ["23:00-01:00", " 01:00-02:00"]
              clone: {cluster: Not_A_Name}
              standby: {standby_host: db.example.com}
            """;

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    @AfterEach
    void removeTheDefinition() {
        kubernetes.client().resource(definition()).delete();
    }

    @Test
    void whatWasStoredBeforeTheRulesCanBeEdited() {
        install(withoutRules(definition()));
        var cluster = kubernetes
                .client()
                .resource(new KubernetesSerialization()
                        .unmarshal(MANIFEST.formatted(GROUP, kubernetes.namespace()), GenericKubernetesResource.class));
        cluster.create();
        install(definition());
        Awaitility.await("the rules hold").atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThatThrownBy(
                        () -> setSize(cluster, "200K"))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("not a quantity of Kubernetes"));

        var edited = cluster.edit(stored -> {
            stored.<Map<String, Object>>get("spec").put("numberOfInstances", 2);
            return stored;
        });

        assertThat(edited.<Integer>get("spec", "numberOfInstances")).isEqualTo(2);
        assertThat(setSize(cluster, "1Gi").<String>get("spec", "volume", "size"))
                .isEqualTo("1Gi");
    }

    private static GenericKubernetesResource setSize(Resource<GenericKubernetesResource> cluster, String size) {
        return cluster.edit(stored -> {
            stored.<Map<String, Object>>get("spec", "volume").put("size", size);
            return stored;
        });
    }

    private void install(CustomResourceDefinition definition) {
        kubernetes.client().resource(definition).forceConflicts().serverSideApply();
        Awaitility.await("definition served").atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(kubernetes
                        .client()
                        .resource(definition)
                        .get()
                        .getStatus()
                        .getConditions())
                .anyMatch(condition -> condition.getType().equals("Established")
                        && condition.getStatus().equals("True")));
    }

    private static CustomResourceDefinition definition() {
        var definition = Definitions.postgresql();
        definition.getMetadata().setName("postgresqls." + GROUP);
        definition.getSpec().setGroup(GROUP);
        definition.getSpec().getNames().setShortNames(List.of());
        definition.getSpec().getNames().setCategories(List.of());
        return definition;
    }

    private static CustomResourceDefinition withoutRules(CustomResourceDefinition definition) {
        SchemaNodes.of(definition.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema())
                .values()
                .forEach(node -> node.setXKubernetesValidations(null));
        return definition;
    }
}
