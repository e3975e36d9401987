package dev.patronioperator.cluster;

import java.time.Duration;
import java.util.List;

import io.fabric8.kubernetes.api.model.Condition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.testkit.ApiServer;
import dev.patronioperator.testkit.AuditLog;
import dev.patronioperator.testkit.ClusterUnderTest;
import dev.patronioperator.testkit.Manifests;
import dev.patronioperator.testkit.OperatorUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

/** A configuration that is edited while clusters run: what it must not do to them it does not do, and says so. */
@Tag("apiserver")
class DangerousSettingsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration QUIET = Duration.ofSeconds(2);

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    @Test
    void aRunningClusterKeepsItsIdentityAndGoesOnWhenTheConfigurationIsAsItWas() {
        kubernetes.cluster().play();
        var operator = kubernetes.operator().start();
        var cluster = running("acid-itself");
        var pods = uids(cluster);

        var since = kubernetes.auditLog();
        kubernetes.configure("super_username", "root");
        cluster.await("it is refused").untilAsserted(() -> assertThat(cluster.condition("Degraded"))
                .map(Condition::getMessage)
                .hasValueSatisfying(message -> assertThat(message)
                        .contains("another identity", "configuration.users.super_username: postgres -> root")));
        since.awaitQuiet(operator.user(), QUIET, PATIENCE);
        assertThat(objectsWritten(since, operator)).isEmpty();
        assertThat(uids(cluster)).isEqualTo(pods);

        kubernetes.configure("super_username", "postgres");
        cluster.await("nothing is wrong any more").until(() -> cluster.condition("Degraded")
                .filter(degraded -> degraded.getStatus().equals("False"))
                .isPresent());
        assertThat(uids(cluster)).isEqualTo(pods);
    }

    @Test
    void volumesGrowByTheOperatorsHandOnlyWhereTheConfigurationSaysSo() {
        kubernetes.cluster().play();
        kubernetes.operator().with("storage_resize_mode", "off").start();
        var cluster = running("acid-sized");

        cluster.editSpec(spec -> spec.withObject("/volume").put("size", "2Gi"));
        cluster.await("it is said that somebody else has to do it").untilAsserted(() -> assertThat(
                        cluster.read().orElseThrow().getStatus().plan().deferred())
                .hasSize(2)
                .allMatch(later -> later.contains("Grow") && later.contains("storage_resize_mode")));
        assertThat(sizes()).containsOnly("1Gi");

        kubernetes.configure("storage_resize_mode", "pvc");
        cluster.await("the volumes grow").until(() -> sizes().stream().allMatch("2Gi"::equals));
        cluster.awaitReady();
    }

    private ClusterUnderTest running(String name) {
        var cluster = new ClusterUnderTest(kubernetes.client(), kubernetes.namespace(), name, PATIENCE);
        cluster.apply(Manifests.sample("minimal.yaml"));
        cluster.awaitReady();
        return cluster;
    }

    private static List<String> uids(ClusterUnderTest cluster) {
        return cluster.pods().stream().map(pod -> pod.getMetadata().getUid()).toList();
    }

    /** Without what is said about them. */
    private static List<AuditLog.Request> objectsWritten(AuditLog since, OperatorUnderTest operator) {
        return since.workOf(operator.user()).stream()
                .filter(AuditLog.Request::isWrite)
                .filter(request ->
                        !request.uri().contains("/status") && !request.uri().contains("/events"))
                .toList();
    }

    private List<String> sizes() {
        return kubernetes
                .client()
                .persistentVolumeClaims()
                .inNamespace(kubernetes.namespace())
                .list()
                .getItems()
                .stream()
                .map(claim -> claim.getSpec()
                        .getResources()
                        .getRequests()
                        .get("storage")
                        .toString())
                .toList();
    }
}
