package dev.patronioperator.postgres.databases;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.patronioperator.postgres.catalog.DatabaseReader;
import dev.patronioperator.postgres.catalog.RoleCatalogReader;
import dev.patronioperator.postgres.databases.PreparedDatabaseSpec.Extension;
import dev.patronioperator.postgres.roles.RoleAttribute;
import dev.patronioperator.postgres.roles.RoleConvergence;
import dev.patronioperator.postgres.roles.RolePassword;
import dev.patronioperator.postgres.roles.RoleSpec;
import dev.patronioperator.postgres.session.JdbcSessions;
import dev.patronioperator.postgres.session.SqlAnswer;
import dev.patronioperator.postgres.session.SqlChanges;
import dev.patronioperator.sql.Sql;
import dev.patronioperator.sql.SqlChange;
import dev.patronioperator.testkit.EmbeddedServer;

import static org.assertj.core.api.Assertions.assertThat;

/** On a real server: what a person may do in a prepared database, and that a second look finds nothing to do. */
@Tag("postgresql")
class DatabaseConvergenceTest {

    private final EmbeddedServer server = EmbeddedServer.shared();
    private final JdbcSessions sessions = new JdbcSessions();

    @Test
    void makesADatabaseAndCorrectsItsOwner() {
        roles("d1_a", "d1_b");

        converge(databases(Map.of("d1", "d1_a")));
        converge(databases(Map.of("d1", "d1_b")));

        assertThat(databases()).containsEntry("d1", "d1_b");
        assertThat(databases(Map.of("d1", "d1_b"))).isEmpty();
    }

    @Test
    void aPreparedDatabaseLetsReadersReadAndWritersWrite() {
        var prepared = prepared("d2", true, new PreparedDatabaseSpec.Schema("app", true, true));
        prepare(prepared);

        as("d2_app_owner_user", "d2", Sql.of("CREATE TABLE ? (id int)", Sql.name("app", "made_by_schema_owner")));
        as("d2_owner_user", "d2", Sql.of("CREATE TABLE ? (id int)", Sql.name("app", "made_by_database_owner")));

        for (var table : List.of("made_by_schema_owner", "made_by_database_owner")) {
            for (var writer : List.of("d2_writer_user", "d2_app_writer_user")) {
                as(writer, "d2", Sql.of("INSERT INTO ? VALUES (1)", Sql.name("app", table)));
            }
            for (var reader : List.of("d2_reader_user", "d2_app_reader_user")) {
                as(reader, "d2", Sql.of("SELECT FROM ?", Sql.name("app", table)));
                assertThat(refused(reader, "d2", Sql.of("INSERT INTO ? VALUES (1)", Sql.name("app", table))))
                        .isEqualTo("42501");
            }
            assertThat(refused("d2_writer_user", "d2", Sql.of("TRUNCATE ?", Sql.name("app", table))))
                    .isEqualTo("42501");
        }
    }

    @Test
    void aSecondLookFindsNothingToDo() {
        var prepared = prepared(
                "d3",
                true,
                new PreparedDatabaseSpec.Schema("data", true, false),
                new PreparedDatabaseSpec.Schema("shared", false, false));
        prepare(prepared);

        assertThat(plan(prepared)).isEmpty();
    }

    @Test
    void usersEnabledLaterGetTheirPrivileges() {
        var schema = new PreparedDatabaseSpec.Schema("data", true, false);
        prepare(prepared("d4", false, schema));

        prepare(prepared("d4", true, schema));
        as("d4_owner_user", "d4", Sql.of("CREATE TABLE ? (id int)", Sql.name("data", "later")));

        as("d4_reader_user", "d4", Sql.of("SELECT FROM ?", Sql.name("data", "later")));
    }

    @Test
    void aSchemaThatGetsRolesLaterIsTheirs() {
        prepare(prepared("d7", false, new PreparedDatabaseSpec.Schema("data", false, false)));
        as("d7_owner", "d7", Sql.of("CREATE TABLE ? (id int)", Sql.name("data", "before")));

        var withRoles = prepared("d7", false, new PreparedDatabaseSpec.Schema("data", true, false));
        prepare(withRoles);
        as("d7_data_owner", "d7", Sql.of("CREATE TABLE ? (id int)", Sql.name("data", "afterwards")));
        as("d7_owner", "d7", Sql.of("CREATE TABLE ? (id int)", Sql.name("data", "by_its_member")));

        assertThat(plan(withRoles)).isEmpty();
    }

    @Test
    void aSchemaOfSomebodyElseKeepsItsOwner() {
        roles("d8_stranger");
        prepare(prepared("d8", false));
        server.with("d8", session -> {
            session.execute(Sql.of("CREATE SCHEMA ? AUTHORIZATION ?", Sql.name("data"), Sql.name("d8_stranger")));
            return true;
        });

        var prepared = prepared("d8", false, new PreparedDatabaseSpec.Schema("data", true, false));
        prepare(prepared);

        assertThat(server.with("d8", DatabaseReader::contents)
                        .schemas()
                        .get("data")
                        .owner())
                .isEqualTo("d8_stranger");
        assertThat(plan(prepared)).isEmpty();
    }

    @Test
    void extensionsAreMadeByTheOwnerWhereTheyAreTrusted() {
        var extensions = extensions("hstore", "data", "pageinspect", "data");
        var prepared = new PreparedDatabaseSpec(
                "d5", false, List.of(new PreparedDatabaseSpec.Schema("data", true, false)), extensions);
        prepare(prepared);

        var owners = server.with(
                "d5",
                session -> session.query(
                        Sql.of(
                                "SELECT extname || ? || pg_get_userbyid(extowner) FROM pg_extension WHERE extname <> ? ORDER BY 1",
                                Sql.value("="),
                                Sql.value("plpgsql")),
                        row -> row.getString(1)));
        assertThat(owners).containsExactly("hstore=d5_owner", "pageinspect=postgres");
        assertThat(plan(prepared)).isEmpty();
    }

    @Test
    void anExtensionIsMovedToItsSchema() {
        var schemas = List.of(
                new PreparedDatabaseSpec.Schema("one", false, false),
                new PreparedDatabaseSpec.Schema("two", false, false));
        prepare(new PreparedDatabaseSpec("d6", false, schemas, extensions("citext", "one")));

        var moved = new PreparedDatabaseSpec("d6", false, schemas, extensions("citext", "two"));
        assertThat(plan(moved)).singleElement().satisfies(change -> assertThat(change.because())
                .containsExactly("schema: one -> two"));
        prepare(moved);

        assertThat(plan(moved)).isEmpty();
    }

    private static SortedMap<String, Extension> extensions(String... namesAndSchemas) {
        var extensions = new TreeMap<String, Extension>();
        for (int i = 0; i < namesAndSchemas.length; i += 2) {
            extensions.put(namesAndSchemas[i], new Extension(namesAndSchemas[i + 1], Optional.empty()));
        }
        return extensions;
    }

    private void prepare(PreparedDatabaseSpec prepared) {
        var names = new ArrayList<String>();
        names.addAll(level(prepared.name(), prepared.users()));
        prepared.schemas().stream()
                .filter(PreparedDatabaseSpec.Schema::roles)
                .forEach(schema -> names.addAll(level(prepared.name() + "_" + schema.name(), schema.users())));
        roles(names.toArray(String[]::new));
        prepared.schemas().stream()
                .filter(PreparedDatabaseSpec.Schema::roles)
                .forEach(schema -> server.with("postgres", session -> {
                    session.execute(Sql.of(
                            "GRANT ? TO ?",
                            Sql.name(prepared.name() + "_" + schema.name() + "_owner"),
                            Sql.name(prepared.name() + "_owner")));
                    return true;
                }));
        converge(databases(Map.of(prepared.name(), prepared.owner())));
        converge(plan(prepared));
    }

    private static List<String> level(String prefix, boolean users) {
        var groups = List.of(prefix + "_owner", prefix + "_reader", prefix + "_writer");
        var all = new ArrayList<>(groups);
        if (users) {
            groups.forEach(group -> all.add(group + "_user"));
        }
        return all;
    }

    private void roles(String... names) {
        var specs = List.of(names).stream()
                .map(name -> new RoleSpec(
                        name,
                        Optional.of(new TreeSet<>(List.of(RoleAttribute.LOGIN, RoleAttribute.INHERIT))),
                        memberOf(name),
                        Optional.empty(),
                        new TreeMap<>(),
                        new RolePassword.Given("secret"),
                        "test"))
                .toList();
        converge(new RoleConvergence(server.with("postgres", RoleCatalogReader::read), () -> new byte[] {1, 2, 3, 4})
                .plan(specs));
    }

    private static List<String> memberOf(String name) {
        if (name.endsWith("_user")) {
            return List.of(name.substring(0, name.length() - "_user".length()));
        }
        return name.endsWith("_writer") ? List.of(name.replace("_writer", "_reader")) : List.of();
    }

    private static PreparedDatabaseSpec prepared(String name, boolean users, PreparedDatabaseSpec.Schema... schemas) {
        return new PreparedDatabaseSpec(name, users, List.of(schemas), new TreeMap<>());
    }

    private Map<String, String> databases() {
        return server.with("postgres", DatabaseReader::databases);
    }

    private List<SqlChange> databases(Map<String, String> wanted) {
        return DatabaseConvergence.plan(new TreeMap<>(wanted), databases());
    }

    private List<SqlChange> plan(PreparedDatabaseSpec prepared) {
        return ContentsConvergence.plan(prepared, server.with(prepared.name(), DatabaseReader::contents));
    }

    private void converge(List<SqlChange> changes) {
        changes.forEach(change -> EmbeddedServer.done(SqlChanges.carryOut(change, server.superuser(), sessions)));
    }

    private void as(String user, String database, Sql statement) {
        EmbeddedServer.done(sessions.with(server.as(user, "secret"), database, session -> {
            session.execute(statement);
            return true;
        }));
    }

    private String refused(String user, String database, Sql statement) {
        var answer = sessions.with(server.as(user, "secret"), database, session -> {
            session.execute(statement);
            return true;
        });
        return answer instanceof SqlAnswer.Failed<Boolean>(var failure) ? failure.sqlState() : "allowed";
    }
}
