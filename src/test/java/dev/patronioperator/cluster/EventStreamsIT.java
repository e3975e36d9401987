package dev.patronioperator.cluster;

import java.time.Duration;
import java.util.List;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.patronioperator.api.FabricEventStream;
import dev.patronioperator.api.Postgresql;
import dev.patronioperator.testkit.ApiServer;
import dev.patronioperator.testkit.ClusterUnderTest;
import dev.patronioperator.testkit.EventStreamDefinition;
import dev.patronioperator.testkit.Manifests;

/** Event streams follow the manifest, where and as soon as somebody has defined them. */
@Tag("apiserver")
class EventStreamsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @RegisterExtension
    final ApiServer kubernetes = new ApiServer();

    @Test
    void streamsAppearWithTheirDefinitionFollowTheManifestAndGo() {
        kubernetes.cluster().play();
        kubernetes.operator().start();
        var cluster = new ClusterUnderTest(kubernetes.client(), kubernetes.namespace(), "acid-streams", PATIENCE);
        cluster.apply(Manifests.sample("minimal.yaml"));
        publish(
                """
                [{"applicationId":"shop","database":"shop","tables":{"orders":{"eventType":"ordered"}}}]""");
        cluster.awaitReady();
        kubernetes.client().resource(EventStreamDefinition.get()).serverSideApply();
        cluster.await("the stream is made").until(() -> eventTypes().equals(List.of("ordered")));

        publish(
                """
                [{"applicationId":"shop","database":"shop","tables":{"orders":{"eventType":"sold"}}}]""");
        cluster.await("the stream follows").until(() -> eventTypes().equals(List.of("sold")));

        publish("null");
        cluster.await("the stream is gone").until(() -> streams().isEmpty());
    }

    private void publish(String streams) {
        kubernetes
                .client()
                .resources(Postgresql.class)
                .inNamespace(kubernetes.namespace())
                .withName("acid-streams")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"streams\":" + streams + "}}");
    }

    private List<FabricEventStream> streams() {
        return kubernetes
                .client()
                .resources(FabricEventStream.class)
                .inNamespace(kubernetes.namespace())
                .list()
                .getItems();
    }

    private List<String> eventTypes() {
        return streams().stream()
                .flatMap(stream -> stream.getSpec().eventStreams().stream())
                .map(entry -> entry.sink().eventType())
                .toList();
    }
}
