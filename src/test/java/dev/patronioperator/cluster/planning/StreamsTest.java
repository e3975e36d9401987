package dev.patronioperator.cluster.planning;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.patronioperator.cluster.planning.StreamedCluster.Inventory;
import dev.patronioperator.plan.Deferred;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.sql.Sql;

import static org.assertj.core.api.Assertions.assertThat;

/** From the streams of a manifest to publications and slots on a real server, and back. */
class StreamsTest {

    private static final Inventory NOTHING = new Inventory(Set.of(), Set.of(), Set.of(), Set.of());

    @Tag("postgresql")
    @Test
    void aStreamReadsOnceThereIsASlotAndTheSlotComesAfterThePublication() {
        var cluster = cluster("st1");
        cluster.wants(stream("st1", "orders"));

        assertThat(cluster.pass().steps()).containsExactly("Change publication fes_st1_app in st1");
        assertThat(cluster.publications("st1")).containsExactly("fes_st1_app[insert, update]: [public.orders]");
        assertThat(cluster.pass().steps()).containsExactly("Patch Patroni configuration: slots");
        assertThat(cluster.pass().steps()).containsExactly("Wait for Patroni to make replication slot fes_st1_app");
        cluster.patroniActs();
        assertThat(cluster.pass().steps()).containsExactly("Apply FabricEventStream acid-test-022ox");
        assertThat(cluster.pass().steps()).isEmpty();
        assertThat(cluster.configuration.tree())
                .isEqualTo(Map.of(
                        "slots",
                        Map.of("fes_st1_app", Map.of("type", "logical", "database", "st1", "plugin", "pgoutput"))));
        gone(cluster);
    }

    @Tag("postgresql")
    @Test
    void aStreamGoesBeforeItsSlotAndTheSlotBeforeThePublication() {
        var cluster = cluster("st2").wants(stream("st2", "orders")).settle().wants("");

        assertThat(cluster.pass().steps())
                .containsExactly(
                        "Delete FabricEventStream acid-test-022ox", "Wait for replication slot fes_st2_app to go");
        assertThat(cluster.pass().steps())
                .containsExactly("Patch Patroni configuration: slots", "Wait for replication slot fes_st2_app to go");
        assertThat(cluster.pass().steps()).containsExactly("Wait for replication slot fes_st2_app to go");
        cluster.patroniActs();
        assertThat(cluster.pass().steps()).contains("Change publication fes_st2_app in st2");
        assertThat(cluster.pass().look().isRight()).isTrue();
        assertThat(cluster.inventory()).isEqualTo(NOTHING);
    }

    @Tag("postgresql")
    @Test
    void tablesFollowTheManifest() {
        var cluster = cluster("st3").wants(stream("st3", "orders")).settle();
        cluster.run("st3", Sql.of("ALTER PUBLICATION fes_st3_app SET (publish = ?)", Sql.value("delete")));

        cluster.wants(stream("st3", "refunds", "sales.orders")).settle();

        assertThat(cluster.publications("st3"))
                .containsExactly("fes_st3_app[insert, update]: [public.refunds, sales.orders]");
        gone(cluster);
    }

    @Test
    void whatIsNotOursStays() {
        var cluster = cluster("st4");
        cluster.run("st4", Sql.of("CREATE PUBLICATION mine FOR TABLE public.orders"));
        cluster.run("st4", Sql.of("CREATE PUBLICATION fes_st4_mine FOR TABLE public.orders"));
        cluster.configuration = cluster.configuration.patched(Map.of(
                "slots",
                Map.of(
                        "fes_st4_mine", Map.of("type", "logical", "database", "st4", "plugin", "pgoutput"),
                        "manual", Map.of("type", "physical"))));

        cluster.wants(stream("st4", "orders")).settle().wants("").settle();

        assertThat(cluster.inventory())
                .isEqualTo(new Inventory(
                        Set.of("fes_st4_mine"), Set.of("fes_st4_mine", "manual"), Set.of("fes_st4_mine"), Set.of()));
        cluster.configuration = cluster.configuration.patched(Map.of("slots", Map.of()));
        drop(cluster, "fes_st4_mine");
    }

    @Test
    void aNameThatSomebodyElseHasIsSaidAndLeftAlone() {
        var cluster = cluster("st5");
        cluster.run("st5", Sql.of("CREATE ROLE st5_other"));
        cluster.run("st5", Sql.of("CREATE PUBLICATION fes_st5_app FOR TABLE public.orders"));
        cluster.run("st5", Sql.of("GRANT CREATE ON DATABASE st5 TO st5_other"));
        cluster.run("st5", Sql.of("ALTER PUBLICATION fes_st5_app OWNER TO st5_other"));

        var pass = cluster.wants(stream("st5", "refunds")).pass();

        assertThat(pass.steps()).containsExactly("Refuse to change publication fes_st5_app in st5");
        assertThat(pass.look().obstacles()).first().asString().contains("belongs to role st5_other");
        assertThat(pass.look().isRight()).isFalse();
    }

    @Test
    void aMissingTableIsSaidWithItsSqlStateAndTheOtherStreamGoesOn() {
        var cluster = cluster("st6");
        cluster.wants(
                """
                streams:
                - {applicationId: app, database: st6, tables: {orders: {eventType: e}, later: {eventType: e}}}
                - {applicationId: other, database: st6, tables: {refunds: {eventType: e}}}
                """);

        var failures = cluster.pass().execution().failures();
        cluster.pass();
        cluster.patroniActs().pass();

        assertThat(failures)
                .extracting(Outcome.Failed::problem)
                .containsExactly("relation \"public.later\" does not exist (SQLSTATE 42P01)");
        assertThat(cluster.inventory().read()).containsExactly("fes_st6_other");
        assertThat(cluster.inventory().configured()).containsExactly("fes_st6_other");

        cluster.run("st6", Sql.of("CREATE TABLE public.later (id int)"));
        assertThat(cluster.settle().inventory().read()).containsExactlyInAnyOrder("fes_st6_app", "fes_st6_other");
        gone(cluster);
    }

    @Test
    void aStreamOfNoDatabaseIsSaid() {
        var cluster = cluster("st7").wants(stream("st7_none", "orders"));

        assertThat(cluster.pass().look().obstacles())
                .first()
                .asString()
                .isEqualTo("publication fes_st7_none_app: there is no database st7_none. "
                        + "Name it in databases or preparedDatabases, or correct the stream");
        assertThat(cluster.wants(stream("st7_none", "orders") + "databases: {st7_none: joe}")
                        .pass()
                        .look()
                        .obstacles())
                .isEmpty();
    }

    /** As the peer leaves it: the publication bears no mark, the stream another name, and the manifest has changed meanwhile. */
    @Test
    void whatAnotherOperatorMadeIsCleanedUpByWhatItsStreamReads() {
        var cluster = cluster("st8").wants(stream("st8", "orders")).settle();
        cluster.run("st8", Sql.of("COMMENT ON PUBLICATION fes_st8_app IS NULL"));
        renamed(cluster, "acid-test-x7k2q");

        cluster.wants(stream("st8", "orders")).settle();
        cluster.run("st8", Sql.of("COMMENT ON PUBLICATION fes_st8_app IS NULL"));
        assertThat(cluster.streams.keySet()).extracting(ObjectRef::name).containsExactly("acid-test-x7k2q");

        cluster.wants("");
        assertThat(cluster.pass().steps())
                .as("written down before the stream, which is the only record of it, goes")
                .containsExactly("Change publication fes_st8_app in st8");
        assertThat(cluster.settle().inventory()).isEqualTo(NOTHING);
    }

    @Test
    void theSlotOfADroppedDatabaseGoesToo() {
        var cluster = cluster("st9").wants(stream("st9", "orders")).settle();
        cluster.run("postgres", Sql.of("DROP DATABASE st9"));

        cluster.wants("").settle();

        assertThat(cluster.inventory()).isEqualTo(NOTHING);
    }

    @Test
    void withoutAnybodyToReadNothingIsMade() {
        var cluster = cluster("st10").wants(stream("st10", "orders")).defined(false);

        var plan = cluster.pass().plan();

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.deferred()).extracting(Deferred::what).containsExactly("Make event streams");
        cluster.defined(true).settle().defined(false);
        assertThat(cluster.pass().plan().isEmpty())
                .as("and nothing is taken away")
                .isTrue();
        gone(cluster.defined(true));
    }

    @Test
    void aSlotThatTheManifestAsksForByItselfStaysWhenItsStreamGoes() {
        var slots = "patroni: {slots: {fes_st11_app: {type: logical, database: st11, plugin: pgoutput}}}\n";
        var cluster = cluster("st11").wants(slots + stream("st11", "orders")).settle();

        cluster.wants(slots).settle();

        assertThat(cluster.inventory().slots()).containsExactly("fes_st11_app");
        assertThat(cluster.inventory().read()).isEmpty();
        gone(cluster);
    }

    @Test
    void namesOfTablesAreTakenLetterByLetter() {
        var cluster = cluster("st12");
        var nasty = "a\"b'; DROP TABLE orders; --\\$$";
        cluster.run("st12", Sql.of("CREATE TABLE ? (id int)", Sql.name("public", nasty)));

        cluster.wants("streams: [{applicationId: app, database: st12, tables: {'" + nasty.replace("'", "''")
                        + "': {eventType: e}}}]\n")
                .settle();

        assertThat(cluster.publications("st12"))
                .containsExactly("fes_st12_app[insert, update]: [public." + nasty + "]");
        gone(cluster);
    }

    @Test
    void whereverTheOperatorIsKilledOnTheWayInItFinishes() {
        var cluster = cluster("st13");
        for (int effect = 1; ; effect++) {
            cluster.wants(stream("st13", "orders"));

            boolean killed = cluster.dyingAfter(effect).isKilledWhileSettling();
            inOrder(cluster.inventory());
            cluster.settle();

            assertThat(cluster.inventory().read()).containsExactly("fes_st13_app");
            gone(cluster);
            if (!killed) {
                assertThat(effect - 1).as("statements and writes").isEqualTo(6);
                return;
            }
        }
    }

    @Test
    void whereverTheOperatorIsKilledOnTheWayOutNothingIsForgotten() {
        var cluster = cluster("st14");
        for (int effect = 1; ; effect++) {
            cluster.wants(stream("st14", "orders")).settle();
            cluster.run("st14", Sql.of("COMMENT ON PUBLICATION fes_st14_app IS NULL"));

            boolean killed = cluster.wants("").dyingAfter(effect).isKilledWhileSettling();
            inOrder(cluster.inventory());
            cluster.settle();

            assertThat(cluster.inventory()).isEqualTo(NOTHING);
            if (!killed) {
                assertThat(effect - 1).as("statements and writes").isEqualTo(4);
                return;
            }
        }
    }

    /** Nobody reads from a slot that is not there, and no slot is there that could not be known for ours. */
    private static void inOrder(Inventory inventory) {
        assertThat(inventory.slots()).containsAll(inventory.read());
        assertThat(inventory.publications()).containsAll(inventory.configured());
        assertThat(inventory.publications()).containsAll(inventory.slots());
    }

    private static StreamedCluster cluster(String database) {
        var cluster = new StreamedCluster(database);
        cluster.run(database, Sql.of("CREATE SCHEMA sales"));
        for (var table : List.of("public.orders", "public.refunds", "sales.orders")) {
            var name = table.split("\\.");
            cluster.run(database, Sql.of("CREATE TABLE ? (id int)", Sql.name(name[0], name[1])));
        }
        return cluster;
    }

    private static String stream(String database, String... tables) {
        var entries = String.join(
                ", ",
                List.of(tables).stream()
                        .map(table -> table + ": {eventType: e}")
                        .toList());
        return "streams: [{applicationId: app, database: " + database + ", tables: {" + entries + "}}]\n";
    }

    private static void gone(StreamedCluster cluster) {
        assertThat(cluster.wants("").settle().inventory().configured()).isEmpty();
    }

    private static void drop(StreamedCluster cluster, String slot) {
        cluster.run("postgres", Sql.of("SELECT pg_drop_replication_slot(?)", Sql.value(slot)));
    }

    private static void renamed(StreamedCluster cluster, String name) {
        var stream = List.copyOf(cluster.streams.values()).getFirst();
        cluster.streams.clear();
        stream.setMetadata(
                new ObjectMetaBuilder(stream.getMetadata()).withName(name).build());
        cluster.streams.put(ObjectRef.of(stream), stream);
    }
}
