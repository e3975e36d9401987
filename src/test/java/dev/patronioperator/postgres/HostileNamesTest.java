package dev.patronioperator.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.postgresql.util.PSQLException;

import dev.patronioperator.postgres.catalog.DatabaseReader;
import dev.patronioperator.postgres.catalog.LookupFunctionReader;
import dev.patronioperator.postgres.catalog.RoleCatalogReader;
import dev.patronioperator.postgres.databases.ContentsConvergence;
import dev.patronioperator.postgres.databases.DatabaseContents;
import dev.patronioperator.postgres.databases.DatabaseConvergence;
import dev.patronioperator.postgres.databases.PreparedDatabaseSpec;
import dev.patronioperator.postgres.pooling.LookupFunction;
import dev.patronioperator.postgres.roles.RoleAttribute;
import dev.patronioperator.postgres.roles.RoleConvergence;
import dev.patronioperator.postgres.roles.RolePassword;
import dev.patronioperator.postgres.roles.RoleSpec;
import dev.patronioperator.postgres.roles.SettingList;
import dev.patronioperator.postgres.session.SqlSession;
import dev.patronioperator.postgres.streams.PublicationConvergence;
import dev.patronioperator.postgres.streams.PublicationSpec;
import dev.patronioperator.postgres.streams.SlotsInUse;
import dev.patronioperator.postgres.streams.TableName;
import dev.patronioperator.sql.Sql;
import dev.patronioperator.sql.SqlChange;
import dev.patronioperator.testkit.EmbeddedServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a name is, PostgreSQL has an object of just that name afterwards, and nothing else has happened. 12,300 names, 2,050 for each
 * kind of object that the operator makes; all of it is rolled back.
 */
@Tag("postgresql")
class HostileNamesTest {

    private static final int TRIES = 41;
    private static final int NAMES = 50;
    private static final String DATABASE = "hostile_names";

    /** Of which kinds a name that got out of its quotes could have made or dropped something. */
    private static final Map<String, Sql> KINDS = Map.of(
            "role", Sql.of("SELECT rolname FROM pg_roles"),
            "schema", Sql.of("SELECT nspname FROM pg_namespace"),
            "function", Sql.of("SELECT proname FROM pg_proc"),
            "database", Sql.of("SELECT datname FROM pg_database"),
            "publication", Sql.of("SELECT pubname FROM pg_publication"),
            "extension", Sql.of("SELECT extname FROM pg_extension"));

    private final EmbeddedServer server = EmbeddedServer.shared();

    /** Other tests have left their functions and schemas elsewhere. */
    @BeforeContainer
    static void makeDatabase() {
        EmbeddedServer.shared().with("postgres", session -> {
            session.execute(Sql.of("DROP DATABASE IF EXISTS ?", Sql.name(DATABASE)));
            session.execute(Sql.of("CREATE DATABASE ?", Sql.name(DATABASE)));
            return true;
        });
    }

    @Provide
    Arbitrary<Set<String>> names() {
        return HostileNames.possible().set().ofSize(NAMES);
    }

    @Property(tries = TRIES)
    void roles(@ForAll("names") Set<String> names) {
        rolledBack(session -> {
            var superusers = superusers(session);
            var there = everything(session);
            var group = "a group";
            var wanted = new ArrayList<>(
                    names.stream().map(name -> role(name, List.of(group), name)).toList());
            wanted.add(role(group, List.of(), "group"));

            run(session, plan(session, wanted));

            assertThat(added(session, there)).isEqualTo(Map.of("role", and(names, group)));
            assertThat(superusers(session)).isEqualTo(superusers);
            assertThat(plan(session, wanted))
                    .as("memberships and parameters are read back as they were asked for")
                    .isEmpty();
        });
    }

    @Property(tries = TRIES)
    void groups(@ForAll("names") Set<String> names) {
        rolledBack(session -> {
            var there = everything(session);
            var member = role("a member", List.copyOf(names), "member");
            var wanted = new ArrayList<>(List.of(member));
            names.forEach(name -> wanted.add(role(name, List.of(), name)));

            run(session, plan(session, wanted));
            run(session, plan(session, List.of(role("a member", List.of(), "member"))));

            assertThat(added(session, there)).isEqualTo(Map.of("role", and(names, "a member")));
            assertThat(session.query(
                            Sql.of("SELECT FROM pg_auth_members WHERE member = ?::regrole", Sql.value("\"a member\"")),
                            row -> true))
                    .as("all memberships are taken back")
                    .isEmpty();
        });
    }

    @Property(tries = TRIES)
    void schemas(@ForAll("names") Set<String> names) {
        rolledBack(session -> {
            var database = "prepared; DROP ROLE postgres";
            var roles = Stream.of("_owner", "_reader", "_writer")
                    .map(database::concat)
                    .toList();
            run(
                    session,
                    plan(
                            session,
                            roles.stream()
                                    .map(name -> role(name, List.of(), "x"))
                                    .toList()));
            var there = everything(session);
            var wanted = new PreparedDatabaseSpec(
                    database,
                    false,
                    names.stream()
                            .map(name -> new PreparedDatabaseSpec.Schema(name, false, false))
                            .toList(),
                    new TreeMap<>());

            run(session, ContentsConvergence.plan(wanted, DatabaseReader.contents(session)));

            assertThat(added(session, there)).isEqualTo(Map.of("schema", names));
            assertThat(ContentsConvergence.plan(wanted, DatabaseReader.contents(session)))
                    .as("owners, users and default privileges are read back")
                    .isEmpty();
        });
    }

    @Property(tries = TRIES)
    void publicationsOfTables(@ForAll("names") Set<String> names) {
        rolledBack(session -> {
            var schema = "tables\"; --";
            session.execute(Sql.of("CREATE SCHEMA ?", Sql.name(schema)));
            for (var name : names) {
                session.execute(Sql.of("CREATE TABLE ? (id int PRIMARY KEY)", Sql.name(schema, name)));
            }
            var there = everything(session);
            var wanted = names.stream()
                    .map(name ->
                            new PublicationSpec(DATABASE, name, new TreeSet<>(Set.of(new TableName(schema, name)))))
                    .toList();

            run(
                    session,
                    PublicationConvergence.plan(DATABASE, wanted, List.of(), "postgres", NO_SLOTS)
                            .changes());

            assertThat(added(session, there)).isEqualTo(Map.of("publication", names));
            assertThat(session.query(
                            Sql.of("SELECT tablename FROM pg_publication_tables WHERE tablename = pubname"),
                            row -> row.getString(1)))
                    .containsExactlyInAnyOrderElementsOf(names);
        });
    }

    @Property(tries = TRIES)
    void lookupFunctions(@ForAll("names") Set<String> names) {
        rolledBack(session -> {
            run(
                    session,
                    plan(
                            session,
                            names.stream()
                                    .map(name -> role(name, List.of(), "pooler"))
                                    .toList()));
            var there = everything(session);
            for (var name : names) {
                var function = new LookupFunction(name, name);

                run(
                        session,
                        function.install(DATABASE, LookupFunctionReader.read(session, function)).stream()
                                .toList());

                assertThat(function.install(DATABASE, LookupFunctionReader.read(session, function)))
                        .isEmpty();
            }
            assertThat(added(session, there)).isEqualTo(Map.of("schema", names, "function", Set.of("user_lookup")));
        });
    }

    /** Databases are made in no transaction, and extensions are what an image has: the server tells which one it was asked for. */
    @Property(tries = TRIES)
    void databasesAndExtensions(@ForAll("names") Set<String> names) {
        rolledBack(session -> {
            var there = everything(session);
            for (var name : names) {
                var corrected =
                        DatabaseConvergence.plan(new TreeMap<>(Map.of(name, "postgres")), Map.of(name, "other"));
                var updated = ContentsConvergence.plan(extension(name), installed(name));

                assertThat(refusal(session, corrected)).isEqualTo("database \"" + name + "\" does not exist");
                assertThat(refusal(session, updated)).isEqualTo("extension \"" + name + "\" does not exist");
            }
            assertThat(added(session, there)).isEmpty();
        });
    }

    private static final SlotsInUse NO_SLOTS = new SlotsInUse(Set.of(), Set.of(), Set.of());

    private static PreparedDatabaseSpec extension(String name) {
        return new PreparedDatabaseSpec(
                DATABASE,
                false,
                List.of(),
                new TreeMap<>(Map.of(name, new PreparedDatabaseSpec.Extension(name, Optional.of(name)))));
    }

    private static DatabaseContents installed(String extension) {
        var found = new DatabaseContents.Extension(extension, "another version", true);
        return new DatabaseContents(Map.of(), Map.of(extension, found), Set.of(), Set.of());
    }

    private static RoleSpec role(String name, List<String> memberOf, String parameter) {
        return new RoleSpec(
                name,
                Optional.of(new TreeSet<>(EnumSet.of(RoleAttribute.INHERIT))),
                memberOf,
                Optional.empty(),
                new TreeMap<>(Map.of(
                        "search_path",
                        new SettingList(List.of(parameter, parameter)).text(),
                        "patroni_test.parameter",
                        parameter)),
                new RolePassword.AsItIs(),
                parameter);
    }

    private static List<SqlChange> plan(SqlSession session, List<RoleSpec> wanted) throws SQLException {
        return new RoleConvergence(RoleCatalogReader.read(session), () -> new byte[16]).plan(wanted);
    }

    private static void run(SqlSession session, List<SqlChange> changes) throws SQLException {
        for (var change : changes) {
            for (var statement : change.statements()) {
                session.execute(statement);
            }
        }
    }

    /** What the server says to the last change: an extension is changed when all else is there. */
    private static String refusal(SqlSession session, List<SqlChange> changes) throws SQLException {
        var statement = changes.getLast().statements().getFirst();
        session.execute(Sql.of("SAVEPOINT before"));
        try {
            session.execute(statement);
            return "done";
        } catch (SQLException refused) {
            session.execute(Sql.of("ROLLBACK TO before"));
            return refused.getCause() instanceof PSQLException cause
                    ? cause.getServerErrorMessage().getMessage()
                    : refused.getMessage();
        }
    }

    private static List<String> superusers(SqlSession session) throws SQLException {
        return session.query(
                Sql.of("SELECT rolname FROM pg_roles WHERE rolsuper ORDER BY rolname"), row -> row.getString(1));
    }

    private static Map<String, Set<String>> everything(SqlSession session) throws SQLException {
        var found = new LinkedHashMap<String, Set<String>>();
        for (var kind : KINDS.entrySet()) {
            found.put(kind.getKey(), Set.copyOf(session.query(kind.getValue(), row -> row.getString(1))));
        }
        return found;
    }

    /** By kind; fails if something has gone. */
    private static Map<String, Set<String>> added(SqlSession session, Map<String, Set<String>> before)
            throws SQLException {
        var added = new LinkedHashMap<String, Set<String>>();
        everything(session).forEach((kind, names) -> {
            assertThat(names).as(kind).containsAll(before.get(kind));
            var more = new TreeSet<>(names);
            more.removeAll(before.get(kind));
            if (!more.isEmpty()) {
                added.put(kind, more);
            }
        });
        return added;
    }

    private static Set<String> and(Set<String> names, String name) {
        var all = new TreeSet<>(names);
        all.add(name);
        return all;
    }

    @FunctionalInterface
    private interface Steps {
        void in(SqlSession session) throws SQLException;
    }

    /** With the sessions that the operator has: names are quoted for what is pinned in them. */
    private void rolledBack(Steps steps) {
        server.with(DATABASE, session -> {
            session.execute(Sql.of("BEGIN"));
            steps.in(session);
            session.execute(Sql.of("ROLLBACK"));
            return true;
        });
    }
}
