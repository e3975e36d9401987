package dev.patronioperator.e2e;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.testkit.ClusterUnderTest;
import dev.patronioperator.testkit.Kubelet;
import dev.patronioperator.testkit.Manifests;
import dev.patronioperator.testkit.NewestVersion;

import static org.assertj.core.api.Assertions.assertThat;

/** A PostgreSQL cluster on a real node: what its owner relies on. */
@Tag("kubelet")
class PostgresIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @RegisterExtension
    final Kubelet kubernetes = new Kubelet();

    private ClusterUnderTest cluster;

    @BeforeEach
    void startOperator() {
        cluster = new ClusterUnderTest(kubernetes.client(), kubernetes.namespace(), "acid-e2e", PATIENCE);
        kubernetes
                .operator()
                .with("docker_image", Kubelet.DATABASE_IMAGE)
                .with("enable_persistent_volume_claim_deletion", "false")
                .with("enable_secrets_deletion", "false")
                .start();
    }

    @Test
    void dataSurvivesTheDeletionOfEveryPod() {
        create(2, false);
        sql("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number");

        for (var pod : cluster.pods()) {
            awaitReplicasInStep(1);
            var uid = pod.getMetadata().getUid();
            kubernetes.client().resource(pod).delete();
            cluster.await("pod " + pod.getMetadata().getName() + " was made again")
                    .until(() -> cluster.pods().stream()
                            .noneMatch(other -> other.getMetadata().getUid().equals(uid)));
            cluster.awaitReady();
        }

        assertThat(sql("SELECT count(*) FROM kept")).containsExactly("1000");
    }

    @Test
    void replicaTakesOverAndNoAcknowledgedWriteIsLost() {
        create(2, true);
        var writer = new Writer(kubernetes.client(), kubernetes.namespace(), "acid-e2e");
        writer.start();
        cluster.await("the application writes")
                .ignoreExceptions()
                .until(() -> writer.acknowledged().size() > 50);
        cluster.await("Patroni has recorded the replica as a synchronous one: only then may it take over")
                .ignoreExceptions()
                .until(() -> synchronousStandbys().isPresent());
        var lost = cluster.primary().orElseThrow();

        // Its successor finds no node, so that the pod cannot come back and take the lead again before the lock has run
        // out.
        nodesTakePods(false);
        try {
            kubernetes
                    .client()
                    .pods()
                    .inNamespace(kubernetes.namespace())
                    .withName(lost)
                    .withGracePeriod(0)
                    .delete();
            cluster.await("the write service leads to another member")
                    .until(() ->
                            cluster.primary().filter(now -> !now.equals(lost)).isPresent());
        } finally {
            nodesTakePods(true);
        }
        var atFailover = new TreeSet<>(writer.acknowledged());
        cluster.await("the application writes again")
                .until(() -> writer.acknowledged().size() > atFailover.size() + 50);
        var acknowledged = writer.acknowledged();
        writer.stop();
        cluster.awaitReady();
        assertThat(Writer.numbers(sql("SELECT number FROM written"))).containsAll(acknowledged);
    }

    @Test
    void clusterGrowsAndShrinks() {
        create(1, false);
        sql("CREATE TABLE kept AS SELECT 42 AS number");

        scaleTo(3);
        awaitReplicasInStep(2);
        scaleTo(2);

        cluster.await("the third pod is gone").until(() -> cluster.pods().size() == 2);
        assertThat(sql("SELECT number FROM kept")).containsExactly("42");
    }

    @Test
    void clusterMadeAgainOnKeptVolumesHasItsData() {
        create(2, false);
        sql("CREATE TABLE kept AS SELECT 42 AS number");
        var claims = claims();
        assertThat(claims).hasSize(2);

        cluster.delete();
        cluster.await("cluster and pods are gone")
                .until(() -> cluster.read().isEmpty() && cluster.pods().isEmpty());
        assertThat(claims()).as("claims that are kept").isEqualTo(claims);

        create(2, false);
        assertThat(sql("SELECT number FROM kept")).containsExactly("42");
    }

    private void create(int instances, boolean synchronous) {
        var manifest = (ObjectNode)
                Manifests.documents(Manifests.SAMPLES.resolve("minimal.yaml")).getFirst();
        var spec = manifest.withObject("/spec").put("numberOfInstances", instances);
        if (synchronous) {
            spec.withObject("/patroni").put("synchronous_mode", true);
        }
        cluster.apply(kubernetes.client().getKubernetesSerialization().convertValue(manifest, Postgresql.class));
        cluster.awaitReady();
        cluster.await("the primary takes writes").ignoreExceptions().untilAsserted(() -> assertThat(
                        sql("SELECT pg_is_in_recovery()"))
                .containsExactly("f"));
    }

    private void scaleTo(int instances) {
        kubernetes
                .client()
                .resources(Postgresql.class)
                .inNamespace(kubernetes.namespace())
                .withName("acid-e2e")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"numberOfInstances\":" + instances + "}}");
        cluster.awaitReady();
    }

    /**
     * A pod counts as ready as soon as it runs, because the template has no readiness probe unless one is asked for. What an asynchronous replica has not received
     * when its primary goes, is lost.
     */
    private void awaitReplicasInStep(int replicas) {
        cluster.await(replicas + " replicas have all that the primary has")
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(sql("SELECT count(*) FROM pg_stat_replication"
                                + " WHERE state = 'streaming' AND replay_lsn = pg_current_wal_lsn()"))
                        .containsExactly(Integer.toString(replicas)));
    }

    private Optional<String> synchronousStandbys() {
        return Optional.ofNullable(kubernetes
                .client()
                .configMaps()
                .inNamespace(kubernetes.namespace())
                .withName("acid-e2e-sync")
                .get()
                .getMetadata()
                .getAnnotations()
                .get("sync_standby"));
    }

    private void nodesTakePods(boolean take) {
        kubernetes
                .client()
                .nodes()
                .list()
                .getItems()
                .forEach(node -> NewestVersion.edit(
                        kubernetes.client().nodes().withName(node.getMetadata().getName()), now -> new NodeBuilder(now)
                                .editSpec()
                                .withUnschedulable(!take)
                                .endSpec()
                                .build()));
    }

    private List<String> claims() {
        return kubernetes
                .client()
                .persistentVolumeClaims()
                .inNamespace(kubernetes.namespace())
                .list()
                .getItems()
                .stream()
                .map(claim -> claim.getMetadata().getName() + " "
                        + claim.getMetadata().getUid())
                .sorted()
                .toList();
    }

    /** The rows that psql prints on the primary. */
    private List<String> sql(String statement) {
        var primary = cluster.primary().orElseThrow();
        return new Psql(kubernetes.client(), kubernetes.namespace()).query(primary, statement);
    }
}
