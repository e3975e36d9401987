package dev.patronioperator.cluster.planning;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import org.junit.jupiter.api.Test;

import dev.patronioperator.api.FabricEventStream;
import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.cluster.desired.DynamicConfigPatch;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.observe.ClusterObserver;
import dev.patronioperator.cluster.observe.DatabaseLook;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.planning.StreamedCluster.Inventory;
import dev.patronioperator.kubernetes.ObjectReader;
import dev.patronioperator.kubernetes.naming.Labels;
import dev.patronioperator.patroni.json.PatroniAnnotations;
import dev.patronioperator.patroni.json.PatroniJson;
import dev.patronioperator.plan.Deferred;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.postgres.session.SqlFailure;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.sql.Sql;
import dev.patronioperator.testkit.EmbeddedServer;

import static org.assertj.core.api.Assertions.assertThat;

/** What cannot be read of event streams is not taken for gone: their slots keep what somebody may still read. */
class UnreadableStreamsTest {

    private static final Inventory NOTHING = new Inventory(Set.of(), Set.of(), Set.of(), Set.of());

    @Test
    void slotAndPublicationStayUntilItIsKnownThatNobodyReads() {
        var cluster = cluster("us1").wants("").readable(false);

        for (int look = 0; look < 3; look++) {
            var pass = cluster.pass();
            assertThat(pass.steps()).containsExactly("Wait for event streams to be readable");
            assertThat(pass.plan().steps().getFirst().reasons())
                    .extracting(Object::toString)
                    .containsExactly("missing: forbidden");
            cluster.patroniActs();
        }
        assertThat(cluster.readable(true).inventory())
                .isEqualTo(new Inventory(
                        Set.of("fes_us1_app"), Set.of("fes_us1_app"), Set.of("fes_us1_app"), Set.of("fes_us1_app")));
        assertThat(cluster.settle().inventory()).isEqualTo(NOTHING);
    }

    @Test
    void aPublicationStaysAlsoWhereSomebodyHasTakenItsSlotAway() {
        var cluster = cluster("us2").wants("").readable(false);
        var slots = new TreeMap<String, Object>();
        slots.put("fes_us2_app", null);
        cluster.configuration = cluster.configuration.patched(Map.of("slots", slots));
        cluster.patroniActs();

        cluster.pass();

        assertThat(cluster.inventory().publications()).containsExactly("fes_us2_app");
        assertThat(cluster.readable(true).settle().inventory()).isEqualTo(NOTHING);
    }

    @Test
    void whatIsWantedStaysAndNothingIsMade() {
        var cluster = cluster("us3").readable(false);
        assertThat(cluster.pass().plan().isEmpty()).isTrue();

        cluster.wants(
                stream("us3", "app") + "- {applicationId: other, database: us3, tables: {orders: {eventType: e}}}\n");
        var plan = cluster.pass().plan();

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.deferred()).extracting(Deferred::what).containsExactly("Make event streams");
        assertThat(plan.deferred().getFirst().reasons())
                .extracting(Object::toString)
                .containsExactly("missing: forbidden");
        gone(cluster);
    }

    /** Nobody can read from it, and kept it would fill the volume. */
    @Test
    void whereNobodyHasDefinedStreamsAnyMoreTheSlotGoes() {
        var cluster = cluster("us4").wants("").defined(false);
        cluster.streams.clear();

        assertThat(cluster.settle().inventory()).isEqualTo(NOTHING);
    }

    @Test
    void noSlotGoesWhileTheDatabaseCannotBeLookedAt() {
        var cluster = cluster("us5");
        var looks = List.of(
                new DatabaseLook.Silent("m", "no route to host"),
                new DatabaseLook.NotYet("a primary that takes writes"),
                new DatabaseLook.NotOurs(),
                new DatabaseLook.LockedOut(EmbeddedServer.shared().superuser(), true),
                new DatabaseLook.TurnedAway("no pg_hba.conf entry"),
                new DatabaseLook.Refused(new SqlFailure(
                        "42501", "permission denied for table pg_publication", Optional.empty(), Sql.of("SELECT"))));

        assertThat(List.of("", stream("us5", "other"), stream("us5", "app"))).allSatisfy(manifest -> assertThat(looks)
                .allSatisfy(look -> assertThat(cluster.wants(manifest).slotsPlannedAfter(look))
                        .isEmpty()));
        gone(cluster);
    }

    @Test
    void aDatabaseThatTakesNoConnectionsIsNotTakenForDropped() {
        var cluster = cluster("us6");
        connections("us6", cluster, false);

        cluster.wants("");
        cluster.pass();
        var pass = cluster.pass();

        assertThat(cluster.inventory().configured()).containsExactly("fes_us6_app");
        assertThat(cluster.inventory().read()).as("the only record of it").containsExactly("fes_us6_app");
        assertThat(pass.look().obstacles())
                .extracting(Object::toString)
                .containsExactly("replication slot fes_us6_app: database us6 takes no connections. "
                        + "Allow connections to it, and the slot goes with its stream and publication");
        connections("us6", cluster, true);
        assertThat(cluster.settle().inventory()).isEqualTo(NOTHING);
    }

    @Test
    void aDatabaseThatLetsNobodyInIsNotTakenForDroppedEither() {
        var cluster = cluster("us8");
        cluster.silent.put("us8", "FATAL: pg_hba.conf rejects connection");

        assertThat(cluster.pass().look().obstacles())
                .extracting(Object::toString)
                .containsExactly("publication fes_us8_app: database us8 cannot be looked into: "
                        + "FATAL: pg_hba.conf rejects connection. "
                        + "Correct what is set for it, or what pg_hba.conf says of it");
        cluster.wants("");
        cluster.pass();
        var pass = cluster.pass();

        assertThat(cluster.inventory().read()).containsExactly("fes_us8_app");
        assertThat(pass.look().obstacles())
                .extracting(Object::toString)
                .singleElement()
                .asString()
                .contains("replication slot fes_us8_app", "rejects connection");
        cluster.silent.clear();
        assertThat(cluster.settle().inventory()).isEqualTo(NOTHING);
    }

    @Test
    void ofAWantedStreamOfSuchADatabaseItIsToldWhy() {
        var cluster = cluster("us9");
        connections("us9", cluster, false);

        assertThat(cluster.pass().look().obstacles())
                .extracting(Object::toString)
                .containsExactly("publication fes_us9_app: database us9 takes no connections. "
                        + "Allow them with ALTER DATABASE ALLOW_CONNECTIONS true");

        connections("us9", cluster, true);
        gone(cluster);
    }

    @Test
    void aSlotOfSomebodyElseInSuchADatabaseStays() {
        var cluster = cluster("us7");
        gone(cluster);
        cluster.configuration = cluster.configuration.patched(Map.of(
                "slots", Map.of("fes_us7_theirs", Map.of("type", "logical", "database", "us7", "plugin", "pgoutput"))));
        connections("us7", cluster, false);

        assertThat(cluster.pass().plan().isEmpty()).isTrue();
        assertThat(cluster.inventory().configured()).containsExactly("fes_us7_theirs");
    }

    @Test
    void aSlotThatAManifestNamedBesideItsStreamGoesAfterTheStream() {
        var named = "patroni: {slots: {fes_us8_app: {type: logical, database: us8, plugin: pgoutput}, "
                + "other: {type: physical}}}\n";
        var before = model(named + stream("us8", "app"));
        var others = new TreeMap<String, Object>();
        others.put("other", null);

        assertThat(DynamicConfigPatch.of(model(""), List.of(before)).get("slots"))
                .isEqualTo(others);
    }

    @Test
    void theDeletionOfAClusterGoesAheadWithoutThem() {
        var observed = observed(Known.unknown("forbidden"));

        assertThat(steps(DeletionPlanner.plan(observed, List.of(), new DeletionPlanner.Retention(true, true))))
                .containsExactly("Delete Service orders");
        assertThat(steps(DeletionPlanner.plan(
                        observed(Known.of(List.of(object()))), List.of(), new DeletionPlanner.Retention(true, true))))
                .containsExactly("Delete Service orders", "Delete FabricEventStream orders-00000");
    }

    /** Through the observer: of all kinds, only this one may be unknown. */
    private static ObservedCluster observed(Known<List<FabricEventStream>> streams) {
        var reader = new ObjectReader() {
            @Override
            public <T extends HasMetadata> Known<Optional<T>> get(Class<T> type, String namespace, String name) {
                return Known.of(Optional.empty());
            }

            @Override
            public <T extends HasMetadata> Known<List<T>> list(
                    Class<T> type, String namespace, Map<String, String> labels) {
                if (type == FabricEventStream.class) {
                    return streams.map(all -> all.stream().map(type::cast).toList());
                }
                return Known.of(type == Service.class ? List.of(type.cast(service(labels))) : List.of());
            }
        };
        var labels = new Labels("orders", "team", Map.of("application", "spilo"), "cluster-name", "role", Map.of());
        var observer =
                new ClusterObserver(new PatroniAnnotations(new PatroniJson(new ObjectMapper())), Clock.systemUTC());
        return observer.observe(new ClusterObserver.Scope("ns", "orders", labels, List.of()), reader)
                .map(Optional::of)
                .orIfUnknown(Optional.empty())
                .orElseThrow();
    }

    private static Service service(Map<String, String> labels) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("ns")
                .withName("orders")
                .withUid("uid-1")
                .withLabels(labels)
                .endMetadata()
                .build();
    }

    private static FabricEventStream object() {
        var stream = new FabricEventStream();
        stream.setMetadata(new ObjectMetaBuilder()
                .withNamespace("ns")
                .withName("orders-00000")
                .withUid("uid-2")
                .build());
        return stream;
    }

    private static List<String> steps(Plan plan) {
        return plan.steps().stream().map(planned -> planned.step().text()).toList();
    }

    private static ClusterModel model(String fields) {
        return ClusterModel.accept(ClusterManifests.with(fields), Settings.defaults());
    }

    private static StreamedCluster cluster(String database) {
        var cluster = new StreamedCluster(database);
        cluster.run(database, Sql.of("CREATE TABLE ? (id int)", Sql.name("public", "orders")));
        return cluster.wants(stream(database, "app")).settle();
    }

    private static String stream(String database, String application) {
        return "streams:\n- {applicationId: " + application + ", database: " + database
                + ", tables: {orders: {eventType: e}}}\n";
    }

    private static void connections(String database, StreamedCluster cluster, boolean allowed) {
        cluster.run(
                "postgres",
                allowed
                        ? Sql.of("ALTER DATABASE ? ALLOW_CONNECTIONS true", Sql.name(database))
                        : Sql.of("ALTER DATABASE ? ALLOW_CONNECTIONS false", Sql.name(database)));
    }

    private static void gone(StreamedCluster cluster) {
        assertThat(cluster.readable(true).wants("").settle().inventory()).isEqualTo(NOTHING);
    }
}
