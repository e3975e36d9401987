package dev.patronioperator.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.testkit.ApiServer;
import dev.patronioperator.testkit.ClusterUnderTest;
import dev.patronioperator.testkit.Manifests;

import static org.assertj.core.api.Assertions.assertThat;

/** Objects that had a cluster's name before the cluster did stay what they are, through its whole life. */
@Tag("apiserver")
class TakenNamesIT {

    private static final Map<String, String> THEIRS = Map.of("app", "shop");

    private static final String CREDENTIALS = "postgres.acid-secret.credentials.postgresql.acid.zalan.do";

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    @Test
    void objectsOfOthersAreNeitherTakenOverNorDeleted() {
        kubernetes.cluster().play();
        var service = make(service());
        var set = make(statefulSet());
        var budget = make(budget());
        kubernetes.operator().start();

        var needsService = created("acid-service");
        var needsSet = created("acid-set");
        var needsBudget = created("acid-budget");

        needsBudget.awaitReady();
        awaitTaken(needsBudget, "PodDisruptionBudget postgres-acid-budget-pdb");
        awaitTaken(needsService, "Service acid-service");
        awaitTaken(needsSet, "StatefulSet acid-set");
        assertThat(needsService.pods()).isEmpty();

        needsSet.delete();
        needsBudget.delete();
        List.of(needsSet, needsBudget).forEach(cluster -> cluster.await("the resource is gone")
                .until(() -> cluster.read().isEmpty()));
        List.of(service, set, budget).forEach(this::assertUntouched);

        kubernetes.client().resource(service).delete();
        needsService.awaitReady();
    }

    /** As the operator before this one did. */
    @Test
    void credentialsThatSomebodyPutThereAreTheClusters() {
        kubernetes.cluster().play();
        make(credentials());
        kubernetes.operator().start();

        var cluster = created("acid-secret");

        cluster.awaitReady();
        var secret = kubernetes
                .client()
                .secrets()
                .inNamespace(kubernetes.namespace())
                .withName(CREDENTIALS)
                .get();
        assertThat(secret.getMetadata().getLabels()).containsEntry("cluster-name", "acid-secret");
        assertThat(new String(Base64.getDecoder().decode(secret.getData().get("password")), StandardCharsets.UTF_8))
                .isEqualTo("chosen");
    }

    private void awaitTaken(ClusterUnderTest cluster, String object) {
        cluster.await(cluster.name() + " says that a name is taken")
                .untilAsserted(() -> assertThat(cluster.condition("Degraded")).hasValueSatisfying(condition -> {
                    assertThat(condition.getReason()).isEqualTo("NameTaken");
                    assertThat(condition.getMessage()).contains(object, "Rename or delete it");
                }));
    }

    private ClusterUnderTest created(String name) {
        var cluster = new ClusterUnderTest(kubernetes.client(), kubernetes.namespace(), name, Duration.ofMinutes(1));
        cluster.apply(Manifests.sample("minimal.yaml"));
        return cluster;
    }

    private <T extends HasMetadata> T make(T object) {
        object.getMetadata().setNamespace(kubernetes.namespace());
        object.getMetadata().setLabels(THEIRS);
        return kubernetes
                .client()
                .resource(object)
                .fieldManager("shop")
                .forceConflicts()
                .serverSideApply();
    }

    private void assertUntouched(HasMetadata object) {
        var now = kubernetes.client().resource(object).get();
        assertThat(now.getMetadata().getUid()).isEqualTo(object.getMetadata().getUid());
        assertThat(now.getMetadata().getLabels()).isEqualTo(THEIRS);
        assertThat(now.getMetadata().getManagedFields())
                .extracting(ManagedFieldsEntry::getManager)
                .doesNotContain("patroni-operator");
    }

    private static Service service() {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName("acid-service")
                .endMetadata()
                .withNewSpec()
                .withSelector(THEIRS)
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
    }

    private static StatefulSet statefulSet() {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withName("acid-set")
                .endMetadata()
                .withNewSpec()
                .withReplicas(0)
                .withServiceName("shop")
                .withNewSelector()
                .withMatchLabels(THEIRS)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(THEIRS)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("shop")
                .withImage("shop")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static PodDisruptionBudget budget() {
        return new PodDisruptionBudgetBuilder()
                .withNewMetadata()
                .withName("postgres-acid-budget-pdb")
                .endMetadata()
                .withNewSpec()
                .withNewMaxUnavailable(1)
                .withNewSelector()
                .withMatchLabels(THEIRS)
                .endSelector()
                .endSpec()
                .build();
    }

    private static Secret credentials() {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(CREDENTIALS)
                .endMetadata()
                .withStringData(Map.of("username", "postgres", "password", "chosen"))
                .build();
    }
}
