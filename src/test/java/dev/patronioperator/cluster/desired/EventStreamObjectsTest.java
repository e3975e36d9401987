package dev.patronioperator.cluster.desired;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

import dev.patronioperator.api.FabricEventStream;
import dev.patronioperator.api.FabricEventStreamSpec.EventStream;
import dev.patronioperator.api.FabricEventStreamSpec.Recovery;
import dev.patronioperator.api.FabricEventStreamSpec.Source;
import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.settings.Settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class EventStreamObjectsTest {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private static List<FabricEventStream> render(String streams) {
        return DesiredObjects.render(
                        ClusterModel.accept(ClusterManifests.with(streams), Settings.defaults()), ExternalInputs.NONE)
                .eventStreams();
    }

    @Test
    void aTableBecomesAStreamFromItsSlotToItsEventType() {
        var streams = render(
                """
                streams:
                - applicationId: test-app
                  database: foo
                  batchSize: 1000
                  filter: {data.orders: "[?(@.id > 500)]"}
                  tables:
                    data.orders: {eventType: ordered, idColumn: o_id, payloadColumn: o_payload, recoveryEventType: lost}
                """);

        var identity = ClusterManifests.with("").getMetadata();
        assertThat(YAML.convertValue(streams.getFirst().getSpec(), JsonNode.class))
                .isEqualTo(YAML.unmarshal(
                        """
                        applicationId: test-app
                        eventStreams:
                        - recovery: {type: DeadLetter, sink: {type: Nakadi, eventType: lost, maxBatchSize: 1000}}
                          flow: {type: PostgresWalToGenericNakadiEvent, payloadColumn: o_payload}
                          sink: {type: Nakadi, eventType: ordered, maxBatchSize: 1000}
                          source:
                            type: PostgresLogicalReplication
                            schema: data
                            table: {name: orders, idColumn: o_id}
                            filter: "[?(@.id > 500)]"
                            jdbcConnection:
                              jdbcUrl: jdbc:postgresql://CLUSTER.NAMESPACE/foo?user=fes_user&ssl=true&sslmode=require
                              slotName: fes_foo_test_app
                              pluginType: pgoutput
                              databaseAuthentication:
                                type: DatabaseAuthenticationSecret
                                name: fes-user.CLUSTER.credentials.postgresql.acid.zalan.do
                                userKey: username
                                passwordKey: password
                        """
                                .replace("CLUSTER", identity.getName())
                                .replace("NAMESPACE", identity.getNamespace()),
                        JsonNode.class));
    }

    @Test
    void entriesOfOneApplicationShareAnObjectWithTheLargestAmounts() {
        var streams = render(
                """
                streams:
                - {applicationId: a, database: foo, cpu: 250m, memory: 1Gi, tables: {t1: {eventType: e1}}}
                - {applicationId: b, database: foo, tables: {t2: {eventType: e2}}}
                - {applicationId: a, database: bar, cpu: "1", memory: 500Mi, tables: {t3: {eventType: e3}}}
                """);

        assertThat(streams)
                .extracting(stream -> stream.getSpec().applicationId())
                .containsExactly("a", "b");
        assertThat(streams.getFirst().getSpec().eventStreams())
                .extracting(EventStream::source)
                .extracting(Source::schema, source -> source.table().name(), source -> source.jdbcConnection()
                        .slotName())
                .containsExactly(tuple("public", "t1", "fes_foo_a"), tuple("public", "t3", "fes_bar_a"));
        assertThat(streams.getFirst().getMetadata().getAnnotations())
                .containsEntry("fes.zalando.org/FES_CPU", "1")
                .containsEntry("fes.zalando.org/FES_MEMORY", "1Gi");
        assertThat(streams.getLast().getMetadata().getAnnotations()).isNullOrEmpty();
    }

    @Test
    void recoveryIsAsTheStreamAndTheTableSay() {
        assertThat(recovery("", "")).isEqualTo("None");
        assertThat(recovery("", ", recoveryEventType: lost")).isEqualTo("DeadLetter lost");
        assertThat(recovery("", ", recoveryEventType: lost, ignoreRecovery: true"))
                .isEqualTo("Ignore");
        assertThat(recovery("enableRecovery: true,", "")).isEqualTo("DeadLetter e-dead-letter-queue");
        assertThat(recovery("enableRecovery: true,", ", ignoreRecovery: true")).isEqualTo("Ignore");
        assertThat(recovery("enableRecovery: false,", ", recoveryEventType: lost"))
                .isEqualTo("None");
    }

    private static String recovery(String ofStream, String ofTable) {
        Recovery recovery = render("streams: [{applicationId: a, database: foo, %s tables: {t: {eventType: e%s}}}]"
                        .formatted(ofStream, ofTable))
                .getFirst()
                .getSpec()
                .eventStreams()
                .getFirst()
                .recovery();
        return recovery.sink() == null
                ? recovery.type()
                : recovery.type() + " " + recovery.sink().eventType();
    }

    @Test
    void namesFollowFromTheApplication() {
        var streams = "streams: [{applicationId: %s, database: foo, tables: {t: {eventType: e}}}]";

        var name = render(streams.formatted("a")).getFirst().getMetadata().getName();

        assertThat(name).matches(ClusterManifests.with("").getMetadata().getName() + "-[a-z0-9]{5}");
        assertThat(render(streams.formatted("a")).getFirst().getMetadata().getName())
                .isEqualTo(name);
        assertThat(render(streams.formatted("b")).getFirst().getMetadata().getName())
                .isNotEqualTo(name);
    }
}
