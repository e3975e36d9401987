package dev.patronioperator.cluster;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.controller.AcceptedSpecs;
import dev.patronioperator.kubernetes.naming.Annotations;
import dev.patronioperator.testkit.ApiServer;
import dev.patronioperator.testkit.ClusterUnderTest;
import dev.patronioperator.testkit.Manifests;
import dev.patronioperator.testkit.NewestVersion;

import static org.assertj.core.api.Assertions.assertThat;

/** A deletion is never missed, and no resource waits for an operator that is not there any more. */
@Tag("apiserver")
class FinalizersIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration QUIET = Duration.ofSeconds(2);

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    @Test
    void peersFinalizerStaysWhileTheClusterLivesAndGoesWithIt() {
        kubernetes.cluster().play();
        kubernetes.operator().start();
        var cluster = cluster("acid-peers");
        cluster.apply(heldByThePeer());
        cluster.awaitReady();
        assertThat(cluster.read().orElseThrow().getFinalizers())
                .contains(ClusterFinalizers.PEERS, ClusterFinalizers.OURS);

        cluster.delete();

        cluster.await("the resource is gone").until(() -> cluster.read().isEmpty());
        assertThat(statefulSets()).isEmpty();
    }

    /** The peer, restarted, forgets what it has made and lets the resource go; nobody cleans up after it. */
    @Test
    void resourceThatWasDeletedBeforeTheOperatorCameIsCleanedUp() {
        kubernetes.cluster().play();
        var first = kubernetes.operator().start();
        var cluster = cluster("acid-zombie");
        cluster.apply(heldByThePeer());
        cluster.awaitReady();
        first.kill();
        cluster.delete();
        cluster.edit(left -> {
            left.getMetadata().setFinalizers(new ArrayList<>(List.of(ClusterFinalizers.PEERS)));
            return left;
        });

        kubernetes.operator().start();

        cluster.await("the resource is gone").until(() -> cluster.read().isEmpty());
        assertThat(statefulSets()).isEmpty();
    }

    /** Whoever deletes says so twice, or everything but the resource stays, for the one who makes it again. */
    @Test
    void deletionThatIsNotConfirmedKeepsEverything() {
        kubernetes.cluster().play();
        var operator = kubernetes
                .operator()
                .with("delete_annotation_name_key", "delete-clustername")
                .with("delete_annotation_date_key", "delete-date")
                .start();
        var cluster = cluster("acid-guarded");
        cluster.apply(heldByThePeer());
        cluster.awaitReady();
        var pods = uids(cluster);
        cluster.edit(manifest -> annotated(manifest, "delete-clustername", "another"));

        cluster.delete();

        cluster.await("the resource is gone").until(() -> cluster.read().isEmpty());
        kubernetes.auditLog().awaitQuiet(operator.user(), QUIET, PATIENCE);
        assertThat(statefulSets()).containsExactly("acid-guarded");
        assertThat(uids(cluster)).isEqualTo(pods);
        cluster.await("it is said why").until(() -> notes().anyMatch(
                        note -> note.contains("Everything is kept") && note.contains("delete-date")));

        cluster.apply(annotated(
                annotated(manifest(), "delete-clustername", "acid-guarded"),
                "delete-date",
                LocalDate.now(ZoneOffset.UTC).toString()));
        cluster.awaitReady();
        assertThat(uids(cluster)).as("the cluster is taken up again as it is").isEqualTo(pods);
        cluster.delete();
        cluster.await("the resource is gone").until(() -> cluster.read().isEmpty());
        assertThat(statefulSets()).isEmpty();
    }

    private static Postgresql annotated(Postgresql manifest, String key, String value) {
        var annotations =
                new TreeMap<>(Objects.requireNonNullElse(manifest.getMetadata().getAnnotations(), Map.of()));
        annotations.put(key, value);
        manifest.getMetadata().setAnnotations(annotations);
        return manifest;
    }

    private static List<String> uids(ClusterUnderTest cluster) {
        return cluster.pods().stream()
                .map(pod -> pod.getMetadata().getUid())
                .sorted()
                .toList();
    }

    private Stream<String> notes() {
        return kubernetes.client().events().v1().events().inNamespace(kubernetes.namespace()).list().getItems().stream()
                .map(event -> Objects.requireNonNullElse(event.getNote(), ""));
    }

    @Test
    void releasedClusterIsNotHeldAndNotTouched() {
        kubernetes.cluster().play();
        var operator = kubernetes.operator().start();
        var cluster = cluster("acid-released");
        cluster.apply(heldByThePeer());
        cluster.awaitReady();

        cluster.edit(manifest -> {
            manifest.getMetadata().setAnnotations(Map.of(Annotations.RELEASE, "true"));
            return manifest;
        });

        cluster.await("our finalizer is gone")
                .untilAsserted(() -> assertThat(cluster.read().orElseThrow().getFinalizers())
                        .containsExactly(ClusterFinalizers.PEERS));
        assertThat(kubernetes
                        .client()
                        .apps()
                        .controllerRevisions()
                        .inNamespace(kubernetes.namespace())
                        .withLabels(AcceptedSpecs.labels("acid-released"))
                        .list()
                        .getItems())
                .as("what would keep another takeover from being the first")
                .isEmpty();
        kubernetes
                .client()
                .services()
                .inNamespace(kubernetes.namespace())
                .withName("acid-released-repl")
                .delete();
        kubernetes.auditLog().awaitQuiet(operator.user(), QUIET, PATIENCE);
        assertThat(kubernetes
                        .client()
                        .services()
                        .inNamespace(kubernetes.namespace())
                        .withName("acid-released-repl")
                        .get())
                .isNull();
    }

    @Test
    void clusterOfAnotherOperatorIsLeftAloneWhateverWakesUs() {
        kubernetes.cluster().play();
        var operator = kubernetes.operator().start();
        var theirs = manifest();
        theirs.getMetadata().setAnnotations(Map.of(Annotations.CONTROLLER, "another"));
        var cluster = cluster("acid-theirs");
        cluster.apply(theirs);
        var ours = cluster("acid-ours");
        ours.apply(manifest());
        ours.awaitReady();
        kubernetes.auditLog().awaitQuiet(operator.user(), QUIET, PATIENCE);

        // An object of that cluster wakes us for it.
        NewestVersion.edit(
                kubernetes
                        .client()
                        .services()
                        .inNamespace(kubernetes.namespace())
                        .withName("acid-ours-repl"),
                service -> {
                    service.getMetadata().getLabels().put("cluster-name", "acid-theirs");
                    return service;
                });

        ours.await("our own Service is labelled again").until(() -> kubernetes
                .client()
                .services()
                .inNamespace(kubernetes.namespace())
                .withLabel("cluster-name", "acid-theirs")
                .list()
                .getItems()
                .isEmpty());
        assertThat(statefulSets()).containsExactly("acid-ours");
        assertThat(cluster.read().orElseThrow().getFinalizers()).isEmpty();
    }

    private List<String> statefulSets() {
        return kubernetes.client().apps().statefulSets().inNamespace(kubernetes.namespace()).list().getItems().stream()
                .map(set -> set.getMetadata().getName())
                .toList();
    }

    private ClusterUnderTest cluster(String name) {
        return new ClusterUnderTest(kubernetes.client(), kubernetes.namespace(), name, PATIENCE);
    }

    private static Postgresql heldByThePeer() {
        var manifest = manifest();
        manifest.getMetadata().setFinalizers(List.of(ClusterFinalizers.PEERS));
        return manifest;
    }

    private static Postgresql manifest() {
        return Manifests.sample("minimal.yaml");
    }
}
