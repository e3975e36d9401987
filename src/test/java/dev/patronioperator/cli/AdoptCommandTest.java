package dev.patronioperator.cli;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import org.junit.jupiter.api.Test;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.config.ConfigurationCheck;

import static org.assertj.core.api.Assertions.assertThat;

class AdoptCommandTest {

    @Test
    void installationInWhichNothingRestartsIsSafe() {
        var run = CommandLineRun.with(
                new FakePlanning().having(cluster("desk", "settled-orders")).having(cluster("other", "deferred-stock")),
                "adopt",
                "--check",
                "-A");

        assertThat(run.out())
                .isEqualTo(
                        """
                configuration: defaults

                postgresql desk/settled-orders: safe, nothing to do

                postgresql other/deferred-stock: safe, nothing to do
                deferred: Apply the pod template, until leave is given  \
                spec.resources.limits.memory: 2Gi -> 4Gi (manifest)

                2 clusters: the operator can be started, nothing restarts.
                """);
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void whatIsToBeSeenToIsSaidAndTellsScripts() {
        var run = CommandLineRun.with(
                new FakePlanning()
                        .having(cluster("desk", "restarted-orders"))
                        .having(cluster("desk", "refused-stock"))
                        .having(cluster("desk", "forbidden-bills")),
                "adopt",
                "--check");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out())
                .contains("desk/restarted-orders: NOT SAFE, 1 step, impact RESTART")
                .contains("desk/refused-stock: the manifest is refused", "spec.volume.size: cannot shrink")
                .contains("desk/forbidden-bills: asks for what is refused")
                .endsWith("3 clusters, 3 to be seen to.\n");
    }

    @Test
    void configurationIsCheckedToo() {
        var run = CommandLineRun.with(
                new FakePlanning()
                        .configured(new ConfigurationCheck(
                                "ConfigMap pgo/postgres-operator",
                                List.of("workers: must be a number, not `x`"),
                                List.of("enable_crd_registration: not as in the Zalando operator"))),
                "adopt",
                "--check");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out())
                .contains("configuration: ConfigMap pgo/postgres-operator: refused")
                .contains("error: workers", "note: enable_crd_registration");
    }

    @Test
    void onlyTheNamespaceThatIsAskedForIsLookedAt() {
        var run = CommandLineRun.with(
                new FakePlanning()
                        .having(cluster("desk", "settled-orders"))
                        .having(cluster("other", "restarted-stock")),
                "adopt",
                "--check",
                "-n",
                "desk");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).doesNotContain("restarted-stock");
    }

    @Test
    void clusterOfAnotherOperatorIsNoObstacle() {
        var theirs = cluster("desk", "restarted-orders");
        theirs.getMetadata().setAnnotations(Map.of("acid.zalan.do/controller", "another"));

        var run = CommandLineRun.with(new FakePlanning().having(theirs), "adopt", "--check");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("desk/restarted-orders: is another operator's");
    }

    @Test
    void whatCannotBeFoundOutIsNoAnswer() {
        assertThat(CommandLineRun.with(
                                new FakePlanning().having(cluster("desk", "unreachable-orders")), "adopt", "--check")
                        .exitCode())
                .isEqualTo(1);
        assertThat(CommandLineRun.with(new FakePlanning().unreachable("no answer"), "adopt", "--check")
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void programsGetTheSame() throws Exception {
        var run = CommandLineRun.with(
                new FakePlanning().having(cluster("desk", "deferred-orders")), "adopt", "--check", "-o", "json");

        var tree = new ObjectMapper().readTree(run.out());
        assertThat(tree.path("safe").asBoolean()).isTrue();
        var cluster = tree.path("clusters").path(0);
        assertThat(cluster.path("verdict").asText()).isEqualTo("SAFE");
        assertThat(cluster.path("deferred").path(0).path("what").asText()).isEqualTo("Apply the pod template");
    }

    @Test
    void commandAloneDoesNothing() {
        var run = CommandLineRun.with(new FakePlanning(), "adopt");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("--check");
    }

    private static Postgresql cluster(String namespace, String name) {
        var cluster = new Postgresql();
        cluster.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        return cluster;
    }
}
