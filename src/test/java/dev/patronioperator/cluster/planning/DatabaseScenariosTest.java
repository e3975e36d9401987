package dev.patronioperator.cluster.planning;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.PlanText;
import dev.patronioperator.postgres.databases.RemovedObject;
import dev.patronioperator.postgres.databases.RemovedObject.Kind;
import dev.patronioperator.sql.Sql;
import dev.patronioperator.testkit.EmbeddedServer;

import static org.assertj.core.api.Assertions.assertThat;

/** From manifests, one after the other, to what a real server then has in its databases. */
@Tag("postgresql")
class DatabaseScenariosTest {

    private final EmbeddedServer server = EmbeddedServer.shared();

    @Test
    void anExtensionIsMadeInItsVersionAndFollowsIt() {
        var database = new OperatedDatabase(extension("ds1", "1.5")).settle();
        assertThat(extensions("ds1")).containsExactly("citext 1.5 data");

        database.wants(extension("ds1", "1.6"));
        assertThat(database.plan().plan().steps())
                .singleElement()
                .satisfies(step -> assertThat(step.reasons()).asString().contains("version: 1.5 -> 1.6"));
        database.settle();
        assertThat(extensions("ds1")).containsExactly("citext 1.6 data");

        database.wants("preparedDatabases: {ds1: {extensions: {citext: data}}}");
        assertThat(database.plan().plan().isEmpty())
                .as("without a version it keeps the one it has")
                .isTrue();
    }

    @Test
    void aVersionThatNothingLeadsToIsToldAndEverythingElseGoesOn() {
        var database = new OperatedDatabase(extension("ds2", "1.6")).settle();
        database.wants(
                """
                preparedDatabases:
                  ds2:
                    schemas: {data: {}, later: {}}
                    extensions: {citext: data, hstore: later}
                    extensionVersions: {citext: '1.4'}
                """);

        assertThat(failures(database))
                .singleElement()
                .asString()
                .startsWith("extension citext in ds2: extension \"citext\" has no update path")
                .contains("(SQLSTATE 22023)", "pg_extension_update_paths");
        assertThat(extensions("ds2")).extracting(line -> line.split(" ")[0]).containsExactly("citext", "hstore");
    }

    @Test
    void anExtensionThatTheImageDoesNotHaveIsToldAndEverythingElseGoesOn() {
        var database = new OperatedDatabase(
                "preparedDatabases: {ds3: {extensions: {a_missing_one: data, citext: data, hstore: nowhere}}}");

        var failures = List.copyOf(failures(database));

        assertThat(failures).hasSize(2);
        assertThat(failures.get(0))
                .startsWith("extension a_missing_one in ds3: ")
                .containsPattern("\\(SQLSTATE (0A000|58P01)\\)")
                .contains("Use an image that has the files");
        assertThat(failures.get(1))
                .startsWith("extension hstore in ds3: schema \"nowhere\" does not exist (SQLSTATE 3F000)")
                .contains("Name the schema in the manifest");
        assertThat(extensions("ds3")).extracting(line -> line.split(" ")[0]).containsExactly("citext");
    }

    @Test
    void anExtensionThatCannotBeMovedIsTold() {
        var look = new OperatedDatabase("preparedDatabases: {ds4: {extensions: {plpgsql: data}}}")
                .settleBut("Refuse to change extension plpgsql in ds4")
                .look();

        assertThat(look.isRight()).isFalse();
        assertThat(look.obstacles())
                .singleElement()
                .asString()
                .startsWith("extension plpgsql in ds4: is in schema pg_catalog and cannot be moved to data")
                .contains("Name the schema it is in");
    }

    @Test
    void aPreparedDatabaseMayBelongToAnotherRole() {
        var prepared =
                """
                preparedDatabases:
                  ds10:
                    schemas: {data: {}, plain: {defaultRoles: false}}
                    extensions: {citext: data}
                """;
        var database = new OperatedDatabase(prepared + "users: {ds10_bob: []}\ndatabases: {ds10: ds10_bob}\n").settle();

        assertThat(database.look().isRight()).isTrue();
        assertThat(extensions("ds10"))
                .singleElement()
                .asString()
                .startsWith("citext ")
                .endsWith(" data");
        assertThat(owners("ds10")).containsExactly("data ds10_data_owner", "plain ds10_owner");

        database.wants(prepared + "users: {ds10_bob: []}\n").settle();
        assertThat(owners("ds10")).containsExactly("data ds10_data_owner", "plain ds10_owner");
    }

    private List<String> owners(String database) {
        return server.with(
                database,
                session -> session.query(
                        Sql.of(
                                "SELECT nspname || ? || nspowner::regrole FROM pg_namespace WHERE nspname IN (?, ?) ORDER BY 1",
                                Sql.value(" "),
                                Sql.value("data"),
                                Sql.value("plain")),
                        row -> row.getString(1)));
    }

    @Test
    void aDatabaseThatTakesNoConnectionsIsToldAndNotMadeAgain() {
        var database = new OperatedDatabase("preparedDatabases: {ds9: {}}").settle();
        run("postgres", Sql.of("ALTER DATABASE ds9 ALLOW_CONNECTIONS false"));

        var look = database.settleBut("Refuse to change database ds9").look();

        assertThat(look.isRight()).isFalse();
        assertThat(look.obstacles())
                .extracting(Object::toString)
                .containsExactly("database ds9: it takes no connections. "
                        + "Allow them with ALTER DATABASE ALLOW_CONNECTIONS true");

        run("postgres", Sql.of("ALTER DATABASE ds9 ALLOW_CONNECTIONS true"));
        assertThat(database.settle().look().isRight()).isTrue();
    }

    @Test
    void whatLeavesTheManifestStaysAndIsListedUntilItIsGone() {
        new OperatedDatabase(
                        """
                        users: {ds5_joe: []}
                        databases: {ds5_plain: ds5_joe}
                        preparedDatabases:
                          ds5_whole: {}
                          ds5: {schemas: {data: {}, old: {}}, extensions: {citext: data, hstore: data}}
                        """)
                .settle();

        var successor = new OperatedDatabase("preparedDatabases: {ds5: {extensions: {citext: data}}}")
                .alsoLooksAt("ds5_plain", "ds5_whole")
                .settle();

        assertThat(successor.look().removedObjects())
                .containsExactly(
                        new RemovedObject(Kind.SCHEMA, "ds5", "old"),
                        new RemovedObject(Kind.EXTENSION, "ds5", "hstore"),
                        new RemovedObject(Kind.DATABASE, "ds5_plain", "ds5_plain"),
                        new RemovedObject(Kind.DATABASE, "ds5_whole", "ds5_whole"));
        assertThat(extensions("ds5")).hasSize(2);

        run("ds5", Sql.of("DROP EXTENSION hstore"));
        run("postgres", Sql.of("DROP DATABASE ds5_whole"));
        assertThat(successor.look().removedObjects())
                .as("at the first look, when they are written down still")
                .extracting(RemovedObject::name)
                .containsExactly("old", "ds5_plain");
        assertThat(successor.settle().look().removedObjects())
                .extracting(RemovedObject::name)
                .containsExactly("old", "ds5_plain");
        run("ds5", Sql.of("CREATE EXTENSION hstore SCHEMA public"));
        assertThat(successor.look().removedObjects())
                .as("what somebody else makes is not ours")
                .extracting(RemovedObject::name)
                .containsExactly("old", "ds5_plain");
    }

    /** Each successor gets one statement further than the one before it. */
    @Test
    void aPreparedDatabaseIsFinishedThoughTheOperatorDiesAfterEveryStatement() {
        var database = new OperatedDatabase("preparedDatabases: {ds6: {extensions: {citext: data}}}");
        var before = "";
        int statements = 1;
        int lives = 0;
        while (database.dyingAfter(statements).isKilledWhileSettling()) {
            var left = PlanText.text(database.plan().plan());
            // Within a transaction all is undone, and the next one has to get further to leave anything behind.
            statements = left.equals(before) ? statements + 1 : 1;
            before = left;
            lives++;
        }

        assertThat(lives).isGreaterThan(50);
        assertThat(extensions("ds6")).containsExactly("citext 1.6 data");
        assertThat(database.look().isRight()).isTrue();
        assertThat(database.look().removedObjects()).isEmpty();
    }

    private static String extension(String database, String version) {
        return "preparedDatabases: {" + database + ": {extensions: {citext: data}, extensionVersions: {citext: '"
                + version + "'}}}";
    }

    /** What fails while the operator does all it can. */
    private static List<String> failures(OperatedDatabase database) {
        database.attempt();
        database.attempt();
        return database.attempt().execution().failures().stream()
                .map(Outcome.Failed::problem)
                .toList();
    }

    private List<String> extensions(String database) {
        return server.with(
                database,
                session -> session.query(
                        Sql.of(
                                "SELECT concat_ws(?, extname, extversion, extnamespace::regnamespace) FROM pg_extension WHERE extname <> ? ORDER BY 1",
                                Sql.value(" "),
                                Sql.value("plpgsql")),
                        row -> row.getString(1)));
    }

    private void run(String database, Sql statement) {
        server.with(database, session -> {
            session.execute(statement);
            return true;
        });
    }
}
