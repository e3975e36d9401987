package dev.patronioperator.cluster.planning;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;

import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.cluster.desired.DesiredDatabases;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.DatabaseRole;
import dev.patronioperator.cluster.model.HumanRoles;
import dev.patronioperator.cluster.observe.DatabaseObserver;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.postgres.session.JdbcSessions;
import dev.patronioperator.postgres.session.SqlChanges;
import dev.patronioperator.postgres.session.SqlSession;
import dev.patronioperator.postgres.session.SqlSessions;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.sql.Sql;
import dev.patronioperator.sql.SqlChange;
import dev.patronioperator.testkit.EmbeddedServer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.IntStream.range;
import static org.assertj.core.api.Assertions.assertThat;

/** A cluster with 300 roles and 50 databases, each with what a manifest can ask for, on the server of the tests. */
public final class LargeDatabase {

    static final int PREPARED = 25;
    static final int PLAIN = 25;
    private static final int USERS = 150;

    private static final byte[] SALT = "sixteen-byte-slt".getBytes(UTF_8);

    private final EmbeddedServer server = EmbeddedServer.shared();
    private final ClusterModel model = ClusterModel.accept(ClusterManifests.with(manifest()), Settings.defaults());
    private final Map<ObjectRef, HasMetadata> secrets = secrets();

    /** Lets the operator make all of it. */
    public LargeDatabase made() {
        server.with("postgres", LargeDatabase::makeAdmin);
        for (int pass = 0; pass < 4; pass++) {
            converge(plan(new JdbcSessions()));
        }
        return this;
    }

    int roles() {
        return model.roles().all().size();
    }

    /** What a look finds to do. */
    public List<SqlChange> plan(SqlSessions sessions) {
        var found = EmbeddedServer.done(new DatabaseObserver(sessions).observe(server.superuser(), model.databases()));
        var wanted = DesiredDatabases.of(model, HumanRoles.none(model), secrets);
        assertThat(wanted.unknown()).isEmpty();
        return DatabasePlanner.plan(wanted, found, () -> SALT, Instant.parse("2026-01-01T12:00:00Z"))
                .changes();
    }

    /** One session a database, as opening one is what takes the time. */
    private void converge(List<SqlChange> changes) {
        var byDatabase = new LinkedHashMap<String, List<SqlChange>>();
        changes.forEach(change -> byDatabase
                .computeIfAbsent(change.database(), database -> new ArrayList<>())
                .add(change));
        byDatabase.forEach((database, ofIt) -> server.with(database, session -> {
            for (var change : ofIt) {
                SqlChanges.carryOut(change, session);
            }
            return true;
        }));
    }

    private static boolean makeAdmin(SqlSession session) throws SQLException {
        var admin = Sql.of("SELECT 1 FROM pg_roles WHERE rolname = ?", Sql.value("admin"));
        if (session.query(admin, row -> true).isEmpty()) {
            session.execute(Sql.of("CREATE ROLE ? CREATEDB", Sql.name("admin")));
        }
        return true;
    }

    private static String manifest() {
        var users = lines(USERS, "  quiet_user_%1$d: [createdb]");
        var databases = lines(PLAIN, "  quiet_plain_%1$d: quiet_user_%1$d");
        var prepared = lines(
                PREPARED,
                "  quiet_%1$d: {schemas: {data: {}, more: {defaultRoles: false}}, extensions: {citext: data}}");
        return "enableConnectionPooler: true\nusers:\n" + users + "\ndatabases:\n" + databases
                + "\npreparedDatabases:\n" + prepared + "\n";
    }

    private static String lines(int count, String line) {
        return range(0, count).mapToObj(line::formatted).collect(joining("\n"));
    }

    private Map<ObjectRef, HasMetadata> secrets() {
        var found = new HashMap<ObjectRef, HasMetadata>();
        model.roles().all().stream()
                .filter(DatabaseRole::keepsSecret)
                .map(DatabaseRole::name)
                .forEach(role -> {
                    var secret = new SecretBuilder()
                            .withNewMetadata()
                            .withNamespace("ns")
                            .withName(role.replace('_', '-') + ".acid-test.credentials.postgresql.acid.zalan.do")
                            .endMetadata()
                            .addToData("username", encoded(role))
                            .addToData(
                                    "password",
                                    encoded(
                                            role.equals(server.superuser().user())
                                                    ? server.superuser().password()
                                                    : "of " + role))
                            .build();
                    found.put(ObjectRef.of(secret), secret);
                });
        return found;
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
