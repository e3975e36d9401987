package dev.patronioperator.cluster.observe;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import dev.patronioperator.cluster.model.Databases;
import dev.patronioperator.cluster.observe.ObservedDatabases.Inside;
import dev.patronioperator.postgres.catalog.DatabaseReader;
import dev.patronioperator.postgres.catalog.LookupFunctionReader;
import dev.patronioperator.postgres.catalog.PublicationReader;
import dev.patronioperator.postgres.catalog.RoleCatalogReader;
import dev.patronioperator.postgres.databases.DatabaseRecord;
import dev.patronioperator.postgres.databases.PreparedDatabaseSpec;
import dev.patronioperator.postgres.pooling.LookupFunction;
import dev.patronioperator.postgres.roles.RoleCatalog;
import dev.patronioperator.postgres.session.SqlAnswer;
import dev.patronioperator.postgres.session.SqlServer;
import dev.patronioperator.postgres.session.SqlSession;
import dev.patronioperator.postgres.session.SqlSessions;
import dev.patronioperator.postgres.streams.PublicationState;

/**
 * Looks into PostgreSQL: one session for what all databases share, and one for each database, each asked once but the first, which is asked
 * twice. Reads only. A database that lets nobody look is unknown by itself, whoever owns it has made it so; a server that does not answer
 * any more makes the whole unknown.
 */
@ApplicationScoped
public class DatabaseObserver {

    private static final String SHARED = "postgres";

    private final SqlSessions sessions;

    public DatabaseObserver(SqlSessions sessions) {
        this.sessions = sessions;
    }

    public SqlAnswer<ObservedDatabases> observe(SqlServer server, Databases databases) {
        return switch (sessions.with(server, SHARED, DatabaseObserver::shared)) {
            case SqlAnswer.Done<Shared>(Shared shared) -> eachOf(shared, server, databases);
            case SqlAnswer.Failed<Shared>(var failure) -> new SqlAnswer.Failed<>(failure);
            case SqlAnswer.Unreachable<Shared>(String reason, SqlAnswer.Why why) ->
                new SqlAnswer.Unreachable<>(reason, why);
        };
    }

    private record Shared(
            RoleCatalog roles,
            Map<String, String> owners,
            Set<String> closed,
            Map<String, DatabaseRecord> records,
            Map<String, String> slots) {

        boolean wasPrepared(String database) {
            return records.get(database).tellsOfContents();
        }
    }

    private static Shared shared(SqlSession session) throws SQLException {
        var owners = new TreeMap<String, String>();
        var closed = new TreeSet<String>();
        var slots = new TreeMap<String, String>();
        var records = new TreeMap<String, DatabaseRecord>();
        session.query(List.of(
                DatabaseReader.databases(owners, records),
                DatabaseReader.closed(closed),
                PublicationReader.slots(slots)));
        return new Shared(RoleCatalogReader.read(session), owners, closed, records, slots);
    }

    private SqlAnswer<ObservedDatabases> eachOf(Shared shared, SqlServer server, Databases databases) {
        var prepared =
                databases.prepared().stream().map(PreparedDatabaseSpec::name).collect(Collectors.toSet());
        var insides = new HashMap<String, Inside>();
        var silent = new TreeMap<String, String>();
        for (var database : shared.owners().keySet()) {
            boolean withContents = prepared.contains(database) || shared.wasPrepared(database);
            var answer = sessions.with(server, database, session -> inside(session, withContents, databases.lookup()));
            switch (answer) {
                case SqlAnswer.Done<Inside>(Inside inside) -> insides.put(database, inside);
                case SqlAnswer.Failed<Inside>(var failure) -> silent.put(database, failure.toString());
                case SqlAnswer.Unreachable<Inside>(String reason, var _) -> {
                    silent.put(database, reason);
                    if (sessions.with(server, SHARED, session -> true)
                            instanceof SqlAnswer.Unreachable<Boolean>(String gone, SqlAnswer.Why why)) {
                        return new SqlAnswer.Unreachable<>(gone, why);
                    }
                }
            }
        }
        return new SqlAnswer.Done<>(new ObservedDatabases(
                shared.roles(), shared.owners(), shared.closed(), silent, shared.records(), insides, shared.slots()));
    }

    /** However much is to be known of a database, it is asked once. */
    private static Inside inside(SqlSession session, boolean withContents, LookupFunction function)
            throws SQLException {
        var contents = new DatabaseReader.Contents();
        var lookups = new ArrayList<LookupFunction.State>();
        var publications = new ArrayList<PublicationState>();
        var questions = new ArrayList<SqlSession.Question>();
        questions.add(LookupFunctionReader.question(function, lookups::add));
        questions.add(PublicationReader.publications(publications::add));
        if (withContents) {
            questions.add(contents.question());
        }
        session.query(questions);
        return new Inside(withContents ? Optional.of(contents.read()) : Optional.empty(), lookups, publications);
    }
}
