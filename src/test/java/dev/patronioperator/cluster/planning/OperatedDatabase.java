package dev.patronioperator.cluster.planning;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;

import dev.patronioperator.api.Postgresql;
import dev.patronioperator.api.RotationStatus;
import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.cluster.desired.DesiredDatabases;
import dev.patronioperator.cluster.desired.DesiredObjects;
import dev.patronioperator.cluster.desired.ExternalInputs;
import dev.patronioperator.cluster.execute.ClusterEffects;
import dev.patronioperator.cluster.execute.DatabaseEffects;
import dev.patronioperator.cluster.execute.RandomPasswords;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.model.HumanRoles;
import dev.patronioperator.cluster.observe.DatabaseLook;
import dev.patronioperator.cluster.observe.Dcs;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedDatabases;
import dev.patronioperator.cluster.observe.StreamsLook;
import dev.patronioperator.cluster.status.RotationStatuses;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.kubernetes.Applier;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.manifest.Adjustment;
import dev.patronioperator.manifest.infrastructure.InfrastructureCredentials;
import dev.patronioperator.patroni.json.PatroniAnnotations;
import dev.patronioperator.patroni.json.PatroniJson;
import dev.patronioperator.plan.Execution;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlanExecutor;
import dev.patronioperator.plan.PlanText;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Step;
import dev.patronioperator.postgres.catalog.DatabaseReader;
import dev.patronioperator.postgres.catalog.RoleCatalogReader;
import dev.patronioperator.postgres.databases.DatabaseRecord;
import dev.patronioperator.postgres.roles.RemovedRole;
import dev.patronioperator.postgres.session.JdbcSessions;
import dev.patronioperator.postgres.session.SqlAnswer;
import dev.patronioperator.postgres.session.SqlSession;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.sql.Sql;
import dev.patronioperator.teams.TeamMembers;
import dev.patronioperator.testkit.EmbeddedServer;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The roles and databases of one cluster, with what is in the databases that its manifests have asked for, on a real PostgreSQL and with Secrets in memory: the planners and effects of the operator at work, at
 * a time that the test sets. The operator can be killed after any statement and any write of a Secret; what it knew is then forgotten.
 */
final class OperatedDatabase {

    /** The operator dies here. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PatroniAnnotations PATRONI = new PatroniAnnotations(new PatroniJson(JSON));
    private static final byte[] SALT = "sixteen-byte-slt".getBytes(UTF_8);

    private final EmbeddedServer server = EmbeddedServer.shared();
    private final JdbcSessions sessions = new JdbcSessions();
    private final ObjectsPlanner objects = new ObjectsPlanner(new ObjectTrees(JSON));
    private final Map<ObjectRef, HasMetadata> secrets = new HashMap<>();
    private final Set<String> databases = new TreeSet<>();
    private Settings settings = Settings.defaults();
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private Postgresql manifest;
    private ClusterModel model;
    private List<InfrastructureCredentials> infrastructure = List.of();
    private TeamMembers members = TeamMembers.NOT_ASKED;
    private int effects;
    private int diesAfter = Integer.MAX_VALUE;

    /** @param manifest fields of the spec, as YAML */
    OperatedDatabase(String manifest) {
        this.manifest = ClusterManifests.with(manifest);
        this.model = ClusterModel.accept(this.manifest, settings, infrastructure);
        databases.addAll(model.databases().owners().keySet());
        secrets.put(ref("postgres"), secret("postgres", server.superuser().password()));
        server.with("postgres", OperatedDatabase::makeAdmin);
    }

    /** The role that administers others comes with the image. */
    private static boolean makeAdmin(SqlSession session) throws SQLException {
        var admin = Sql.of("SELECT 1 FROM pg_roles WHERE rolname = ?", Sql.value("admin"));
        if (session.query(admin, row -> true).isEmpty()) {
            session.execute(Sql.of("CREATE ROLE ? CREATEDB", Sql.name("admin")));
        }
        return true;
    }

    OperatedDatabase wants(String fields) {
        manifest = ClusterManifests.with(fields);
        model = ClusterModel.accept(manifest, settings, infrastructure);
        databases.addAll(model.databases().owners().keySet());
        return this;
    }

    OperatedDatabase configured(UnaryOperator<Settings> change) {
        settings = change.apply(settings);
        model = ClusterModel.accept(manifest, settings, infrastructure);
        return this;
    }

    /** Roles that every cluster has. */
    OperatedDatabase with(InfrastructureCredentials... roles) {
        infrastructure = List.of(roles);
        model = ClusterModel.accept(manifest, settings, infrastructure);
        return this;
    }

    /** Who the teams have now. */
    OperatedDatabase with(TeamMembers those) {
        members = those;
        return this;
    }

    OperatedDatabase at(String time) {
        now = Instant.parse(time);
        return this;
    }

    /** The operator dies right after its n-th effect from now on. */
    OperatedDatabase dyingAfter(int n) {
        diesAfter = effects + n;
        return this;
    }

    /** Statements and writes so far. */
    int effects() {
        return effects;
    }

    /** Lets the operator look and act until there is nothing left to do. */
    OperatedDatabase settle() {
        for (int pass = 0; pass < 20; pass++) {
            if (pass().plan().isEmpty()) {
                return this;
            }
        }
        throw new AssertionError("not settled: " + PlanText.text(plan().plan()));
    }

    /** The same, when something is left that it cannot do. */
    OperatedDatabase settleBut(String step) {
        for (int pass = 0; pass < 20; pass++) {
            var steps = pass().plan().steps();
            if (steps.stream().allMatch(planned -> planned.step().text().equals(step))) {
                return this;
            }
        }
        throw new AssertionError("not settled: " + PlanText.text(plan().plan()));
    }

    /** Databases that manifests before this one have asked for. */
    OperatedDatabase alsoLooksAt(String... others) {
        databases.addAll(List.of(others));
        return this;
    }

    /** Whether it was killed before all was done. */
    boolean isKilledWhileSettling() {
        try {
            settle();
            return false;
        } catch (Killed killed) {
            diesAfter = Integer.MAX_VALUE;
            return true;
        }
    }

    /** A plan, and what came of it. */
    record Pass(Plan plan, Execution execution) {}

    Pass pass() {
        var pass = attempt();
        if (!pass.execution().failures().isEmpty()) {
            throw new AssertionError(pass.execution().failures());
        }
        return pass;
    }

    /** The same, though something may fail. */
    Pass attempt() {
        var observed = observed();
        var look = look(observed);
        var plan = plan(observed, look);
        var execution = PlanExecutor.execute(
                plan,
                new ClusterEffects(
                        applier(),
                        null,
                        null,
                        new RandomPasswords(),
                        labels -> Known.of(List.of()),
                        null,
                        new DatabaseEffects(new KillableSessions(sessions, this::effect), null, look),
                        observed));
        return new Pass(plan, execution);
    }

    /** What would be done now. */
    Pass plan() {
        var observed = observed();
        return new Pass(plan(observed, look(observed)), Execution.NOTHING);
    }

    /** What would become of Secrets if a look at the database came to this. */
    List<PlannedStep> rotationsPlannedAfter(DatabaseLook other) {
        return RotationPlanner.plan(model, observed(), other);
    }

    List<RotationStatus> rotations() {
        return RotationStatuses.of(model, observed());
    }

    List<Adjustment> adjustments() {
        return model.adjustments();
    }

    private Plan plan(ObservedCluster observed, DatabaseLook look) {
        var why = new Explanation(false, false, false);
        var steps = new ArrayList<PlannedStep>();
        steps.addAll(objects.secrets(DesiredObjects.render(model, ExternalInputs.NONE), observed, why));
        steps.addAll(DatabasePlanner.steps(look, observed, why));
        var rotations = RotationPlanner.plan(model, observed, look);
        steps.addAll(rotations);
        steps.addAll(ConnectionUriPlanner.plan(model, observed, rotations));
        return new Plan(steps);
    }

    /** Roles that nothing asks for any more, as the status lists them. */
    List<RemovedRole> removed() {
        return look(observed()).removed();
    }

    /** What is known of the inside. */
    DatabaseLook.Seen look() {
        return look(observed());
    }

    private DatabaseLook.Seen look(ObservedCluster observed) {
        var wanted = DesiredDatabases.of(model, HumanRoles.of(model, members), observed.objects());
        var found = found();
        var planned = DatabasePlanner.plan(wanted, found, () -> SALT, now);
        return new DatabaseLook.Seen(
                "",
                server.superuser(),
                planned.changes(),
                wanted.unknown(),
                planned.ready(),
                planned.taken(),
                planned.removed(),
                planned.removedObjects(),
                StreamsLook.NONE,
                planned.obstacles());
    }

    /** Of databases that others use on the same server nothing is known but that they are there. */
    private ObservedDatabases found() {
        var owners = new TreeMap<String, String>();
        var records = new TreeMap<String, DatabaseRecord>();
        var closed = new TreeSet<String>();
        var roles = server.with("postgres", session -> {
            session.query(List.of(DatabaseReader.databases(owners, records), DatabaseReader.closed(closed)));
            return RoleCatalogReader.read(session);
        });
        records.keySet().retainAll(databases);
        closed.retainAll(databases);
        var insides = new HashMap<String, ObservedDatabases.Inside>();
        records.keySet()
                .forEach(database -> insides.put(
                        database,
                        new ObservedDatabases.Inside(
                                Optional.of(server.with(database, DatabaseReader::contents)), List.of(), List.of())));
        return new ObservedDatabases(roles, owners, closed, Map.of(), records, insides, Map.of());
    }

    private ObservedCluster observed() {
        var dcs = new Dcs(
                PATRONI.leader(Map.of()), PATRONI.config(Map.of()), PATRONI.sync(Map.of()), Known.of(Instant.EPOCH));
        return new ObservedCluster(secrets, List.of(), List.of(), Known.unknown("not installed"), dcs, now);
    }

    // What applications see

    /** Whom the Secret of the role tells applications to log in as. */
    String user(String role) {
        return value(role, "username");
    }

    String password(String role) {
        return value(role, "password");
    }

    String value(String role, String key) {
        var encoded = ((Secret) secrets.get(ref(role))).getData().get(key);
        return encoded == null ? "" : new String(Base64.getDecoder().decode(encoded), UTF_8);
    }

    /** Somebody edits the Secret of a role. */
    void edit(String role, String key, String value) {
        secrets.compute(ref(role), (ref, secret) -> new SecretBuilder((Secret) secret)
                .addToData(key, encoded(value))
                .build());
    }

    /** Whether the Secret of the role lets in. */
    boolean letsIn(String role) {
        return letsIn(user(role), password(role));
    }

    boolean letsIn(String user, String password) {
        return sessions.with(server.as(user, password), "postgres", session -> true) instanceof SqlAnswer.Done;
    }

    /** What an application is told, with the credentials of the Secret. */
    List<String> ask(String role, Sql question) {
        return EmbeddedServer.done(sessions.with(
                server.as(user(role), password(role)),
                "postgres",
                session -> session.query(question, row -> row.getString(1))));
    }

    /** What an application does, with the credentials of the Secret. */
    void run(String role, Sql statement) {
        EmbeddedServer.done(sessions.with(server.as(user(role), password(role)), "postgres", session -> {
            session.execute(statement);
            return true;
        }));
    }

    private static ObjectRef ref(String role) {
        return new ObjectRef(
                "v1", "Secret", "ns", role.replace('_', '-') + ".acid-test.credentials.postgresql.acid.zalan.do");
    }

    private static Secret secret(String user, String password) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace("ns")
                .withName(ref(user).name())
                .endMetadata()
                .addToData("username", encoded(user))
                .addToData("password", encoded(password))
                .build();
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    // What the operator does, counted

    private void effect() {
        if (++effects >= diesAfter) {
            throw new Killed();
        }
    }

    private Applier applier() {
        return new Applier() {
            @Override
            public <T extends HasMetadata> T apply(T desired) {
                var ref = ObjectRef.of(desired);
                var found = (Secret) secrets.get(ref);
                secrets.put(
                        ref,
                        new SecretBuilder((Secret) desired)
                                .withData(found.getData())
                                .addToData(((Secret) desired).getData())
                                .build());
                effect();
                return desired;
            }

            @Override
            public boolean create(HasMetadata object) {
                boolean isNew = secrets.putIfAbsent(ObjectRef.of(object), object) == null;
                effect();
                return isNew;
            }

            @Override
            public boolean editData(Secret found, Map<String, Optional<String>> values) {
                var data = new HashMap<>(found.getData());
                values.forEach((key, value) ->
                        value.ifPresentOrElse(encoded -> data.put(key, encoded), () -> data.remove(key)));
                secrets.put(
                        ObjectRef.of(found),
                        new SecretBuilder(found).withData(data).build());
                effect();
                return true;
            }

            @Override
            public void repair(HasMetadata found, Step.Apply step) {
                throw new AssertionError("nobody else writes these Secrets");
            }

            @Override
            public <T extends HasMetadata> void edit(T found, UnaryOperator<T> change) {
                throw new AssertionError("there are no pods");
            }
        };
    }
}
