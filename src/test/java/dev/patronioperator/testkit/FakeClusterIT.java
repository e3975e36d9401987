package dev.patronioperator.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** The tests on the API server are worth as much as the cluster that is played to them: it must look like a real one. */
@Tag("apiserver")
class FakeClusterIT {

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    @Test
    void membersOfAStatefulSetRunAndElectALeader() {
        kubernetes.cluster().play();
        create(statefulSet());

        await("both pods are ready, one of them as leader").untilAsserted(() -> {
            assertThat(roles()).containsExactlyInAnyOrder("master", "replica");
            assertThat(client().resource(statefulSet()).get().getStatus().getReadyReplicas())
                    .isEqualTo(2);
        });
        var first = leader();

        client().pods().inNamespace(kubernetes.namespace()).withName(first).delete();

        await("the other member leads")
                .untilAsserted(() -> assertThat(leader()).isNotBlank().isNotEqualTo(first));
        await("the StatefulSet has its members back")
                .untilAsserted(() -> assertThat(roles()).hasSize(2));
    }

    @Test
    void troubleLooksAsKubernetesReportsIt() {
        var played = kubernetes
                .cluster()
                .trouble("db-0", PodTrouble.IMAGE_CANNOT_BE_PULLED)
                .play();
        create(statefulSet());

        await("the kubelet's reason")
                .untilAsserted(() -> assertThat(pod("db-0").getStatus().getContainerStatuses())
                        .singleElement()
                        .satisfies(container -> assertThat(
                                        container.getState().getWaiting().getReason())
                                .isEqualTo("ImagePullBackOff")));

        played.mend("db-0");

        await("the pod runs").untilAsserted(() -> assertThat(leader()).isEqualTo("db-0"));
    }

    @Test
    void schedulerExplainsAPodThatNoNodeTakes() {
        kubernetes.cluster().trouble("db-0", PodTrouble.UNSCHEDULABLE).play();
        create(statefulSet());

        await("the scheduler's words")
                .untilAsserted(() -> assertThat(pod("db-0").getStatus().getConditions())
                        .filteredOn(condition -> "Unschedulable".equals(condition.getReason()))
                        .extracting(PodCondition::getMessage)
                        .singleElement()
                        .asString()
                        .contains("nodes are available"));
    }

    private void create(StatefulSet statefulSet) {
        client().resource(statefulSet).serverSideApply();
    }

    private StatefulSet statefulSet() {
        var labels = Map.of("application", "spilo", "cluster-name", "db");
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withName("db")
                .withNamespace(kubernetes.namespace())
                .endMetadata()
                .withNewSpec()
                .withReplicas(2)
                .withServiceName("db")
                .withPodManagementPolicy("OrderedReady")
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("postgres")
                .withImage("spilo")
                .addNewEnv()
                .withName("SCOPE")
                .withValue("db")
                .endEnv()
                .addNewEnv()
                .withName("DCS_ENABLE_KUBERNETES_API")
                .withValue("true")
                .endEnv()
                .endContainer()
                .endSpec()
                .endTemplate()
                .withVolumeClaimTemplates(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName("pgdata")
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withNewResources()
                        .withRequests(Map.of("storage", new Quantity("1Gi")))
                        .endResources()
                        .endSpec()
                        .build())
                .endSpec()
                .build();
    }

    private Pod pod(String name) {
        return client().pods()
                .inNamespace(kubernetes.namespace())
                .withName(name)
                .get();
    }

    private List<String> roles() {
        return pods().stream()
                .map(pod -> pod.getMetadata().getLabels().getOrDefault("spilo-role", "none"))
                .toList();
    }

    private String leader() {
        return pods().stream()
                .filter(pod -> "master".equals(pod.getMetadata().getLabels().get("spilo-role")))
                .map(pod -> pod.getMetadata().getName())
                .findFirst()
                .orElse("");
    }

    private List<Pod> pods() {
        return client().pods().inNamespace(kubernetes.namespace()).list().getItems();
    }

    private KubernetesClient client() {
        return kubernetes.client();
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(Duration.ofMinutes(1)).ignoreExceptions();
    }
}
