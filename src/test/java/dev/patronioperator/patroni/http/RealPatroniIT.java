package dev.patronioperator.patroni.http;

import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.patroni.MemberAddress;
import dev.patronioperator.patroni.PatroniClient;
import dev.patronioperator.testkit.ClusterUnderTest;
import dev.patronioperator.testkit.Kubelet;
import dev.patronioperator.testkit.Manifests;
import dev.patronioperator.testkit.PatroniClients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/** The Patroni of the database image keeps the contract that the fake keeps. */
@Tag("kubelet")
class RealPatroniIT {

    private static final String NAME = "acid-contract";
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @RegisterExtension
    final Kubelet kubernetes = new Kubelet();

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        kubernetes.operator().with("docker_image", Kubelet.DATABASE_IMAGE).start();
        var cluster = new ClusterUnderTest(kubernetes.client(), kubernetes.namespace(), NAME, PATIENCE);
        var manifest = kubernetes
                .client()
                .getKubernetesSerialization()
                .convertValue(
                        Manifests.documents(Manifests.SAMPLES.resolve("minimal.yaml"))
                                .getFirst(),
                        Postgresql.class);
        manifest.getMetadata().setName(NAME);
        cluster.apply(manifest);
        cluster.awaitReady();
        var clients = new PatroniClients();
        var contract = new OfCluster(clients.patient(), cluster);
        cluster.await("the replica streams, as Patroni has noticed")
                .ignoreExceptions()
                .untilAsserted(contract::clusterShowsTheLeaderAndAStreamingReplicaFromEitherSide);
        return Stream.of(
                        dynamicTest("cluster", contract::clusterShowsTheLeaderAndAStreamingReplicaFromEitherSide),
                        dynamicTest("status", contract::eachMemberTellsItsRoleItsVersionAndItsPosition),
                        dynamicTest("config", contract::configCanBePatchedAndAKeyRemovedAgain),
                        dynamicTest(
                                "switchover, not leading", contract::switchoverFromAMemberThatDoesNotLeadIsNotPossible),
                        dynamicTest("switchover to nobody", contract::switchoverToNobodyIsNotPossible),
                        dynamicTest("switchover to itself", contract::switchoverToItselfIsRefusedWithTheReason),
                        dynamicTest("switchover scheduled", contract::switchoverCanBeScheduledSeenAndForgotten),
                        dynamicTest("restart, none pending", contract::restartIsNotDoneWhereNothingWaitsForIt),
                        dynamicTest("restart scheduled", contract::restartCanBeScheduledOnceAndForgotten),
                        dynamicTest("reload", contract::reloadIsScheduled),
                        dynamicTest("reinitialize a leader", contract::leaderRefusesToBeReinitialized))
                .onClose(clients::close);
    }

    /** Not a test class of its own: it is made with the cluster that it is run against. */
    private static final class OfCluster extends PatroniContract {

        private final PatroniClient client;
        private final ClusterUnderTest cluster;

        OfCluster(PatroniClient client, ClusterUnderTest cluster) {
            this.client = client;
            this.cluster = cluster;
        }

        @Override
        PatroniClient client() {
            return client;
        }

        @Override
        String scope() {
            return NAME;
        }

        @Override
        MemberAddress leader() {
            return address(true);
        }

        @Override
        MemberAddress replica() {
            return address(false);
        }

        private MemberAddress address(boolean leads) {
            var primary = cluster.primary().orElseThrow();
            var pod = cluster.pods().stream()
                    .filter(p -> p.getMetadata().getName().equals(primary) == leads)
                    .findFirst()
                    .orElseThrow();
            assertThat(pod.getStatus().getPodIP()).isNotEmpty();
            return MemberAddress.ofPod(
                    pod.getMetadata().getName(), pod.getStatus().getPodIP());
        }
    }
}
