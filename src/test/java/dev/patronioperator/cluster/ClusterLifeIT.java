package dev.patronioperator.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.testkit.ApiServer;
import dev.patronioperator.testkit.ClusterObjects;
import dev.patronioperator.testkit.ClusterUnderTest;
import dev.patronioperator.testkit.Manifests;
import dev.patronioperator.testkit.PodTrouble;

import static org.assertj.core.api.Assertions.assertThat;

/** What the packaged operator does on a real API server: promises 2, 3 and 10, and that a cluster explains itself. */
@Tag("apiserver")
class ClusterLifeIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Longer than two heartbeats of the played Patroni, which wake the operator. */
    private static final Duration QUIET = Duration.ofSeconds(5);

    private static final Duration SETTLED = Duration.ofSeconds(1);

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    @Test
    void clusterThatNeedsNothingCostsNoRequest() {
        kubernetes.cluster().play();
        var requests = kubernetes.auditLog();
        var operator = kubernetes.operator().start();
        var cluster = create("acid-idle");
        requests.awaitQuiet(operator.user(), QUIET, PATIENCE);
        var afterwards = kubernetes.auditLog();

        // A change that means nothing to the operator, but wakes it: it looks again, from its caches.
        cluster.edit(manifest -> {
            manifest.getMetadata().setLabels(Map.of("owner", "somebody"));
            return manifest;
        });

        afterwards.awaitQuiet(operator.user(), QUIET, PATIENCE);
        assertThat(afterwards.workOf(operator.user())).isEmpty();
    }

    @Test
    void secondOperatorFindsNothingToDo() {
        kubernetes.cluster().play();
        var first = kubernetes.operator().start();
        create("acid-restart");
        kubernetes.auditLog().awaitQuiet(first.user(), QUIET, PATIENCE);
        first.close();
        var requests = kubernetes.auditLog();

        var second = kubernetes.operator().start();

        requests.awaitQuiet(second.user(), QUIET, PATIENCE);
        assertThat(requests.workOf(second.user())).noneMatch(request -> request.isWrite());
    }

    /** Killed at the moment when the effect has happened and the operator does not know it yet, after the first effect, the second … the last. */
    @Test
    void operatorKilledAfterAnyEffectIsSucceededByOneThatFinishes() {
        kubernetes.cluster().play();
        var way = kubernetes.proxy();
        var operator = kubernetes.operator().through(way).start();
        var before = way.effects();
        create("acid-reference");
        kubernetes.auditLog().awaitQuiet(operator.user(), SETTLED, PATIENCE);
        var effects = way.effects() - before;
        var reference = objectsOf("acid-reference");
        assertThat(effects).as("effects of a creation").isGreaterThan(5);

        for (var effect = 1; effect <= effects; effect++) {
            var cluster = cluster("acid-killed-" + effect);
            var victim = operator;
            way.cutAfter(effect, victim::kill);
            cluster.apply(manifest());
            cluster.await("the operator is killed after effect " + effect)
                    .until(() -> !victim.isAlive()
                            || cluster.condition("Ready").filter(this::isTrue).isPresent());
            victim.kill();

            way = kubernetes.proxy();
            operator = kubernetes.operator().through(way).start();

            cluster.awaitReady();
            kubernetes.auditLog().awaitQuiet(operator.user(), SETTLED, PATIENCE);
            assertThat(objectsOf(cluster.name()))
                    .as("objects after a kill at effect " + effect)
                    .isEqualTo(reference);
        }
    }

    @Test
    void clusterWithABadEditStaysAsItWasAndIsLookedAfter() {
        kubernetes.cluster().play();
        var operator = kubernetes.operator().start();
        var cluster = create("acid-edited");
        kubernetes.auditLog().awaitQuiet(operator.user(), SETTLED, PATIENCE);
        var before = objectsOf(cluster.name());

        postgresql(cluster)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"numberOfInstances\":3,\"users\":{\"Bad Name\":[]},\"databases\":{\"my-db\":\"x\"}}}");

        cluster.await("all problems are told").untilAsserted(() -> assertThat(cluster.condition("SpecAccepted"))
                .hasValueSatisfying(accepted -> {
                    assertThat(accepted.getStatus()).isEqualTo("False");
                    assertThat(accepted.getMessage()).contains("Bad Name", "my-db", "stays in force");
                }));
        var service = kubernetes
                .client()
                .services()
                .inNamespace(kubernetes.namespace())
                .withName(cluster.name() + "-repl");
        var uid = service.get().getMetadata().getUid();
        service.delete();
        cluster.await("the Service that somebody deleted is made again")
                .until(() -> service.get() != null
                        && !service.get().getMetadata().getUid().equals(uid));
        kubernetes.auditLog().awaitQuiet(operator.user(), SETTLED, PATIENCE);
        assertThat(objectsOf(cluster.name())).isEqualTo(before);
        assertThat(cluster.condition("Ready")).map(Condition::getStatus).contains("True");
    }

    private Resource<Postgresql> postgresql(ClusterUnderTest cluster) {
        return kubernetes
                .client()
                .resources(Postgresql.class)
                .inNamespace(kubernetes.namespace())
                .withName(cluster.name());
    }

    @ParameterizedTest
    @CsvSource({
        "UNSCHEDULABLE, nodes are available",
        "IMAGE_CANNOT_BE_PULLED, image",
        "START_FAILED, start failed",
    })
    void clusterSaysWhichPodIsInTroubleAndWhy(PodTrouble trouble, String words) {
        kubernetes.cluster().trouble("acid-trouble-0", trouble).play();
        kubernetes.operator().start();

        var cluster = cluster("acid-trouble");
        cluster.apply(manifest());

        cluster.await("the condition Ready names pod and cause")
                .untilAsserted(() -> assertThat(cluster.condition("Ready")).hasValueSatisfying(ready -> {
                    assertThat(ready.getStatus()).isEqualTo("False");
                    assertThat(ready.getMessage()).contains("acid-trouble-0").containsIgnoringCase(words);
                }));
    }

    @Test
    void clusterSaysWhichClaimIsNotBound() {
        kubernetes.cluster().leaveUnbound("pgdata-acid-claim-0").play();
        kubernetes.operator().start();

        var cluster = cluster("acid-claim");
        cluster.apply(manifest());

        cluster.await("the condition Ready names the claim").untilAsserted(() -> assertThat(cluster.condition("Ready"))
                .map(Condition::getMessage)
                .hasValueSatisfying(message -> assertThat(message).contains("pgdata-acid-claim-0")));
    }

    @Test
    void clusterRecoversWhenItsTroubleIsMended() {
        var played = kubernetes
                .cluster()
                .trouble("acid-mended-0", PodTrouble.IMAGE_CANNOT_BE_PULLED)
                .play();
        kubernetes.operator().start();
        var cluster = cluster("acid-mended");
        cluster.apply(manifest());
        cluster.await("the trouble is seen").until(() -> cluster.condition("Ready")
                .filter(ready -> ready.getMessage().contains("acid-mended-0"))
                .isPresent());

        played.mend("acid-mended-0");

        cluster.awaitReady();
    }

    private ClusterUnderTest create(String name) {
        var cluster = cluster(name);
        cluster.apply(manifest());
        cluster.awaitReady();
        return cluster;
    }

    private ClusterUnderTest cluster(String name) {
        return new ClusterUnderTest(kubernetes.client(), kubernetes.namespace(), name, PATIENCE);
    }

    private List<String> objectsOf(String name) {
        return new ClusterObjects(kubernetes.client(), kubernetes.namespace()).describe(name);
    }

    private static Postgresql manifest() {
        return Manifests.sample("minimal.yaml");
    }

    private boolean isTrue(Condition condition) {
        return condition.getStatus().equals("True");
    }
}
