package dev.patronioperator.cluster.planning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

import dev.patronioperator.api.FabricEventStream;
import dev.patronioperator.cluster.ClusterManifests;
import dev.patronioperator.cluster.desired.DesiredObjects;
import dev.patronioperator.cluster.desired.DesiredStreams;
import dev.patronioperator.cluster.desired.ExternalInputs;
import dev.patronioperator.cluster.model.ClusterModel;
import dev.patronioperator.cluster.observe.DatabaseLook;
import dev.patronioperator.cluster.observe.Dcs;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedDatabases;
import dev.patronioperator.cluster.observe.ObservedInstance;
import dev.patronioperator.cluster.observe.ObservedNodes;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.kubernetes.ObjectTrees;
import dev.patronioperator.patroni.json.PatroniAnnotations;
import dev.patronioperator.patroni.json.PatroniJson;
import dev.patronioperator.patroni.model.DynamicConfig;
import dev.patronioperator.plan.Execution;
import dev.patronioperator.plan.Known;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.Plan;
import dev.patronioperator.plan.PlanExecutor;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Step;
import dev.patronioperator.postgres.catalog.DatabaseReader;
import dev.patronioperator.postgres.catalog.PublicationReader;
import dev.patronioperator.postgres.roles.RoleCatalog;
import dev.patronioperator.postgres.secrets.PasswordEncryption;
import dev.patronioperator.postgres.session.JdbcSessions;
import dev.patronioperator.postgres.session.SqlAnswer;
import dev.patronioperator.postgres.session.SqlChanges;
import dev.patronioperator.postgres.streams.PublicationState;
import dev.patronioperator.settings.Settings;
import dev.patronioperator.sql.Sql;
import dev.patronioperator.testkit.EmbeddedServer;
import dev.patronioperator.testkit.ReadyMember;

/**
 * The event streams of one cluster: publications and slots on a real PostgreSQL, Patroni's configuration and the objects in memory. The
 * operator can be killed after any effect; Patroni is played, and makes and drops slots when it is its turn.
 */
final class StreamedCluster {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PatroniAnnotations PATRONI = new PatroniAnnotations(new PatroniJson(JSON));
    private static final Explanation EDITED = new Explanation(true, false, false);

    final Map<ObjectRef, FabricEventStream> streams = new TreeMap<>();

    /** Databases that let nobody in, each with why. */
    final Map<String, String> silent = new TreeMap<>();

    DynamicConfig configuration = new DynamicConfig(Map.of());

    private final EmbeddedServer server = EmbeddedServer.shared();
    private final JdbcSessions sessions = new JdbcSessions();
    private final EventStreamPlanner objects = new EventStreamPlanner(new ObjectsPlanner(new ObjectTrees(JSON)));
    private final Set<String> databases;
    private ClusterModel model;
    private boolean defined = true;
    private boolean readable = true;
    private int effects;
    private int diesAfter = Integer.MAX_VALUE;

    /** @param databases that this cluster has; others on the same server are none of its business */
    StreamedCluster(String... databases) {
        this.databases = Set.of(databases);
        wants("");
        for (var database : databases) {
            server.with("postgres", session -> {
                session.execute(Sql.of("CREATE DATABASE ?", Sql.name(database)));
                return true;
            });
        }
    }

    /** @param fields of the spec, as YAML */
    StreamedCluster wants(String fields) {
        model = ClusterModel.accept(ClusterManifests.with(fields), Settings.defaults());
        return this;
    }

    /** Whether anybody has defined event streams. */
    StreamedCluster defined(boolean defined) {
        this.defined = defined;
        return this;
    }

    /** Whether the API server tells which event streams there are. */
    StreamedCluster readable(boolean readable) {
        this.readable = readable;
        return this;
    }

    /** The operator dies right after its n-th effect from now on. */
    StreamedCluster dyingAfter(int n) {
        diesAfter = effects + n;
        return this;
    }

    /** What one look came to. */
    record Pass(Plan plan, DatabaseLook.Seen look, Execution execution) {
        List<String> steps() {
            return plan.steps().stream().map(planned -> planned.step().text()).toList();
        }
    }

    Pass pass() {
        var observed = observed();
        var look = look(observed);
        var desired = DesiredObjects.render(model, ExternalInputs.NONE).eventStreams();
        var planner = new StreamPlanner(DesiredStreams.of(model), observed, look);
        var steps = new ArrayList<>(planner.inOrder(objects.plan(desired, observed, EDITED)));
        steps.addAll(DatabasePlanner.steps(look, observed, EDITED));
        steps.addAll(planner.slots(EDITED));
        var plan = new Plan(steps).deferring(planner.untilDefined().stream().toList());
        return new Pass(plan, look, PlanExecutor.execute(plan, this::carryOut));
    }

    /** What would become of slots if a look at the database came to this. */
    List<PlannedStep> slotsPlannedAfter(DatabaseLook other) {
        return new StreamPlanner(DesiredStreams.of(model), observed(), other).slots(EDITED);
    }

    /** Patroni makes and drops slots as it is told, and leaves those alone that others have made. */
    StreamedCluster patroniActs() {
        var wanted = StreamSlots.configured(observed()).orIfUnknown(Map.of());
        var found = found();
        var present = found.slots();
        wanted.forEach((slot, settings) -> {
            // In a database that is gone it fails, again and again.
            if (!present.containsKey(slot) && found.owners().containsKey(String.valueOf(settings.get("database")))) {
                server.with(
                        String.valueOf(settings.get("database")),
                        session -> session.query(
                                Sql.of(
                                        "SELECT pg_create_logical_replication_slot(?, ?)",
                                        Sql.value(slot),
                                        Sql.value(String.valueOf(settings.get("plugin")))),
                                row -> true));
            }
        });
        present.keySet().stream()
                .filter(slot -> !wanted.containsKey(slot))
                .forEach(slot -> server.with(
                        "postgres",
                        session -> session.query(
                                Sql.of("SELECT pg_drop_replication_slot(?)", Sql.value(slot)), row -> true)));
        return this;
    }

    /** Lets operator and Patroni act in turns until there is nothing left to do. */
    StreamedCluster settle() {
        for (int round = 0; round < 10; round++) {
            var pass = pass();
            if (pass.plan().isEmpty() && pass.look().isRight()) {
                return this;
            }
            patroniActs();
        }
        throw new AssertionError("not settled: " + pass());
    }

    /** Whether it was killed before all was done. */
    boolean isKilledWhileSettling() {
        try {
            settle();
            return false;
        } catch (OperatedDatabase.Killed killed) {
            return true;
        } finally {
            diesAfter = Integer.MAX_VALUE;
        }
    }

    /** What there is: publications, slots that Patroni keeps, slots that there are, slots that streams read from. */
    record Inventory(Set<String> publications, Set<String> configured, Set<String> slots, Set<String> read) {}

    Inventory inventory() {
        var found = found();
        return new Inventory(
                Set.copyOf(found.insides().values().stream()
                        .flatMap(inside -> inside.publications().stream())
                        .map(publication -> publication.name())
                        .toList()),
                StreamSlots.configured(observed()).orIfUnknown(Map.of()).keySet(),
                found.slots().keySet(),
                StreamSlots.read(observed()));
    }

    /** {@code name(operations): tables} of the publications of a database. */
    List<String> publications(String database) {
        return found().insides().get(database).publications().stream()
                .map(publication -> publication.name()
                        + publication.operations().stream().sorted().toList() + ": " + publication.tables())
                .sorted()
                .toList();
    }

    void run(String database, Sql statement) {
        server.with(database, session -> {
            session.execute(statement);
            return true;
        });
    }

    private DatabaseLook.Seen look(ObservedCluster observed) {
        var planned = PublicationPlanner.plan(
                DesiredStreams.of(model), observed, found(), server.superuser().user());
        return new DatabaseLook.Seen(
                "",
                server.superuser(),
                planned.changes(),
                List.of(),
                Set.of(),
                Set.of(),
                List.of(),
                List.of(),
                planned.look(),
                planned.obstacles());
    }

    /** What is of this cluster, on a server that has other things as well. */
    private ObservedDatabases found() {
        var owners = new TreeMap<String, String>();
        var slots = new TreeMap<String, String>();
        var closed = new TreeSet<String>();
        server.with("postgres", session -> {
            session.query(List.of(
                    DatabaseReader.databases(owners, new TreeMap<>()),
                    DatabaseReader.closed(closed),
                    PublicationReader.slots(slots)));
            return true;
        });
        owners.keySet().retainAll(databases);
        closed.retainAll(databases);
        slots.values().retainAll(databases);
        var insides = new HashMap<String, ObservedDatabases.Inside>();
        owners.keySet().stream()
                .filter(database -> !silent.containsKey(database))
                .forEach(database -> insides.put(database, inside(database)));
        return new ObservedDatabases(
                new RoleCatalog(Map.of(), PasswordEncryption.SCRAM_SHA_256),
                owners,
                closed,
                silent,
                Map.of(),
                insides,
                slots);
    }

    private ObservedDatabases.Inside inside(String database) {
        var publications = new ArrayList<PublicationState>();
        server.with(database, session -> {
            session.query(List.of(PublicationReader.publications(publications::add)));
            return true;
        });
        return new ObservedDatabases.Inside(Optional.empty(), List.of(), publications);
    }

    private ObservedCluster observed() {
        var leader = Map.of("leader", "db-0", "ttl", "30", "renewTime", NOW.toString());
        var dcs = new Dcs(
                PATRONI.leader(leader),
                PATRONI.config(Map.of("initialize", "1", "config", json(configuration.tree()))),
                PATRONI.sync(Map.of()));
        var found = readable
                ? Known.of(Optional.of(List.copyOf(streams.values())).filter(all -> defined))
                : Known.<Optional<List<FabricEventStream>>>unknown("forbidden");
        return new ObservedCluster(
                Map.of(), Map.of(), List.of(primary()), Map.of(), List.of(), ObservedNodes.UNKNOWN, found, dcs, NOW);
    }

    private static ObservedInstance primary() {
        return ReadyMember.of("db-0", 0, "{\"state\":\"running\",\"role\":\"primary\",\"timeline\":1}");
    }

    private static String json(Map<String, Object> tree) {
        try {
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private Outcome carryOut(PlannedStep planned) {
        return switch (planned.step()) {
            case Step.RunSql(var change) ->
                switch (SqlChanges.carryOut(change, server.superuser(), new KillableSessions(sessions, this::effect))) {
                    case SqlAnswer.Done<Boolean> _ -> new Outcome.Done();
                    case SqlAnswer.Failed<Boolean>(var failure) -> new Outcome.Failed(failure.toString());
                    case SqlAnswer.Unreachable<Boolean> unreachable -> throw new AssertionError(unreachable);
                };
            case Step.PatchDcs(var patch) -> {
                configuration = configuration.patched(patch);
                yield done();
            }
            case Step.Apply(FabricEventStream stream, var _) -> {
                streams.put(ObjectRef.of(stream), stored(stream));
                yield done();
            }
            case Step.Delete(ObjectRef object, var _) -> {
                streams.remove(object);
                yield done();
            }
            case Step.Await(String what, var again) -> new Outcome.Pending(what, again);
            default -> new Outcome.Unchanged();
        };
    }

    private static FabricEventStream stored(FabricEventStream stream) {
        stream.setMetadata(new ObjectMetaBuilder(stream.getMetadata())
                .withUid("uid-" + stream.getMetadata().getName())
                .build());
        return stream;
    }

    private Outcome done() {
        effect();
        return new Outcome.Done();
    }

    private void effect() {
        if (++effects >= diesAfter) {
            throw new OperatedDatabase.Killed();
        }
    }
}
