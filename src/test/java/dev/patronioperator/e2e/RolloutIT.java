package dev.patronioperator.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.testkit.ClusterUnderTest;
import dev.patronioperator.testkit.Kubelet;
import dev.patronioperator.testkit.Manifests;
import dev.patronioperator.testkit.OperatorUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What an application notices while a cluster of three is rolled over and its PostgreSQL restarted. About four minutes. */
@Tag("kubelet")
class RolloutIT {

    private static final String NAME = "acid-rollout";
    private static final String NO_IMAGE = "localhost/patroni-operator/spilo-dev:no-such-tag";
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    @RegisterExtension
    final Kubelet kubernetes = new Kubelet();

    private final List<String> deleted = Collections.synchronizedList(new ArrayList<>());
    private ClusterUnderTest cluster;
    private OperatorUnderTest operator;
    private Writer writer;
    private Watch watch;

    @BeforeEach
    void startOperator() {
        cluster = new ClusterUnderTest(kubernetes.client(), kubernetes.namespace(), NAME, PATIENCE);
        writer = new Writer(kubernetes.client(), kubernetes.namespace(), NAME);
        operator = kubernetes
                .operator()
                .with("docker_image", Kubelet.DATABASE_IMAGE)
                .start();
    }

    @AfterEach
    void stopWatching() {
        if (watch != null) {
            watch.close();
        }
    }

    @Test
    void imagesAndParametersChangeUnderAnApplicationThatLosesNothing() {
        create();
        writer.start();
        awaitWrites(50);

        aWrongImageStopsAtTheFirstReplica();
        theRightImageGoesOnThereAndMovesThePrimaryOnce();
        var pods = uids();
        aParameterThatGrowsRestartsReplicasFirst();
        aParameterThatShrinksRestartsThePrimaryFirst();
        assertThat(uids()).as("pods stay while PostgreSQL restarts in them").isEqualTo(pods);

        awaitWrites(50);
        var acknowledged = writer.acknowledged();
        writer.stop();
        assertThat(Writer.numbers(sql(primary(), "SELECT number FROM written"))).containsAll(acknowledged);
    }

    private void aWrongImageStopsAtTheFirstReplica() {
        watchPods();
        var before = uids();
        var primary = primary();
        edit("{\"dockerImage\":\"" + NO_IMAGE + "\"}");

        cluster.await("the cluster says that an image is missing").until(() -> cluster.condition("Degraded")
                .filter(degraded -> degraded.getReason().equals("ImageNotPulled"))
                .isPresent());

        assertThat(deleted).hasSize(1).doesNotContain(primary);
        var rest = new TreeMap<>(before);
        rest.keySet().removeAll(deleted);
        assertThat(uids()).as("the other pods stay").containsAllEntriesOf(rest);
        assertThat(writer.interruptions()).isEmpty();
    }

    private void theRightImageGoesOnThereAndMovesThePrimaryOnce() {
        var began = Instant.now();
        var stuck = deleted.getFirst();
        var primary = primary();
        edit("{\"dockerImage\":\"" + Kubelet.OTHER_DATABASE_IMAGE + "\"}");
        awaitSettled();

        assertThat(cluster.pods())
                .extracting(pod -> pod.getSpec().getContainers().getFirst().getImage())
                .containsOnly(Kubelet.OTHER_DATABASE_IMAGE);
        assertThat(deleted).hasSize(4);
        assertThat(deleted.get(1)).as("the pod that did not start comes first").isEqualTo(stuck);
        assertThat(deleted.getLast()).as("the former primary comes last").isEqualTo(primary);
        assertThat(primary()).isNotEqualTo(primary);
        report("image change", began, 1);
    }

    private void aParameterThatGrowsRestartsReplicasFirst() {
        var began = Instant.now();
        var primary = primary();
        edit("{\"postgresql\":{\"parameters\":{\"max_connections\":\"150\"}}}");
        awaitParameter("150");

        assertThat(restarts(0)).hasSize(3).last().isEqualTo(primary);
        report("max_connections 150", began, 2);
    }

    private void aParameterThatShrinksRestartsThePrimaryFirst() {
        var began = Instant.now();
        var primary = primary();
        edit("{\"postgresql\":{\"parameters\":{\"max_connections\":\"120\"}}}");
        awaitParameter("120");

        assertThat(restarts(3)).hasSize(3).doesNotHaveDuplicates().first().isEqualTo(primary);
        report("max_connections 120", began, 3);
    }

    /** One interruption for each step so far, and how long the application could not write in the last one. */
    private void report(String step, Instant began, int interruptionsSoFar) {
        awaitWrites(20);
        var interruptions = writer.interruptions();
        System.out.printf(
                "%s: longest write pause %d ms; interruption %s%n",
                step,
                writer.longestPause(began).toMillis(),
                interruptions.isEmpty() ? "none" : interruptions.getLast());
        assertThat(interruptions).hasSize(interruptionsSoFar);
    }

    private void create() {
        var manifest = (ObjectNode)
                Manifests.documents(Manifests.SAMPLES.resolve("minimal.yaml")).getFirst();
        var spec = manifest.withObject("/spec").put("numberOfInstances", 3);
        spec.withObject("/patroni").put("synchronous_mode", true);
        spec.withObject("/postgresql").withObject("/parameters").put("max_connections", "100");
        cluster.apply(kubernetes.client().getKubernetesSerialization().convertValue(manifest, Postgresql.class));
        cluster.awaitReady();
        awaitSettled();
    }

    private void awaitSettled() {
        cluster.await("everything is as the manifest says and all replicas follow")
                .ignoreExceptions()
                .untilAsserted(() -> {
                    var now = cluster.read().orElseThrow();
                    assertThat(now.getStatus().observedGeneration())
                            .isEqualTo(now.getMetadata().getGeneration());
                    assertThat(cluster.condition("Progressing").orElseThrow().getReason())
                            .isEqualTo("Settled");
                    assertThat(sql(primary(), "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"))
                            .containsExactly("2");
                });
    }

    private void awaitParameter(String value) {
        cluster.await("all members run with max_connections = " + value)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(cluster.pods()).hasSize(3).allSatisfy(pod -> assertThat(
                                sql(pod.getMetadata().getName(), "SHOW max_connections"))
                        .containsExactly(value)));
        awaitSettled();
    }

    private void awaitWrites(int more) {
        var before = numberOfWrites();
        cluster.await("the application writes").until(() -> numberOfWrites() > before + more);
    }

    private int numberOfWrites() {
        return writer.isRunning() ? writer.acknowledged().size() : 0;
    }

    /** The members on which the operator had PostgreSQL restarted, in order, without the first ones. */
    private List<String> restarts(int skipped) {
        return operator.log()
                .lines()
                .filter(line -> line.contains("Restart PostgreSQL on ") && line.contains("INFO"))
                .map(line -> line.replaceFirst(".*Restart PostgreSQL on ([^: ]+).*", "$1"))
                .skip(skipped)
                .toList();
    }

    private void edit(String spec) {
        kubernetes
                .client()
                .resources(Postgresql.class)
                .inNamespace(kubernetes.namespace())
                .withName(NAME)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":" + spec + "}");
    }

    private Map<String, String> uids() {
        var uids = new TreeMap<String, String>();
        cluster.pods()
                .forEach(pod ->
                        uids.put(pod.getMetadata().getName(), pod.getMetadata().getUid()));
        return uids;
    }

    private String primary() {
        return cluster.primary().orElseThrow();
    }

    private List<String> sql(String pod, String statement) {
        return new Psql(kubernetes.client(), kubernetes.namespace()).query(pod, statement);
    }

    private void watchPods() {
        watch = kubernetes
                .client()
                .pods()
                .inNamespace(kubernetes.namespace())
                .withLabel("cluster-name", NAME)
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, Pod pod) {
                        if (action == Action.DELETED) {
                            deleted.add(pod.getMetadata().getName());
                        }
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        deleted.add("the watch ended: " + cause.getMessage());
                    }
                });
    }
}
