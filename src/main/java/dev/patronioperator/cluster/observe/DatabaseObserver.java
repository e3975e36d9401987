package dev.patronioperator.cluster.observe;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import dev.patronioperator.cluster.model.Databases;
import dev.patronioperator.postgres.catalog.DatabaseReader;
import dev.patronioperator.postgres.catalog.LookupFunctionReader;
import dev.patronioperator.postgres.catalog.RoleCatalogReader;
import dev.patronioperator.postgres.databases.DatabaseContents;
import dev.patronioperator.postgres.databases.PreparedDatabaseSpec;
import dev.patronioperator.postgres.pooling.LookupFunction;
import dev.patronioperator.postgres.roles.RoleCatalog;
import dev.patronioperator.postgres.session.SqlAnswer;
import dev.patronioperator.postgres.session.SqlServer;
import dev.patronioperator.postgres.session.SqlSessions;

/**
 * Looks into PostgreSQL: one session for what all databases share, and one for each database that the operator has a say in, each with one
 * question but the first, which has two. Reads only. One database that does not answer makes the whole unknown.
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
            case SqlAnswer.Unreachable<Shared>(String reason, boolean refused) ->
                new SqlAnswer.Unreachable<>(reason, refused);
        };
    }

    private record Shared(RoleCatalog roles, Map<String, String> owners) {}

    private static Shared shared(dev.patronioperator.postgres.session.SqlSession session) throws SQLException {
        return new Shared(RoleCatalogReader.read(session), DatabaseReader.databases(session));
    }

    private SqlAnswer<ObservedDatabases> eachOf(Shared shared, SqlServer server, Databases databases) {
        var contents = new HashMap<String, DatabaseContents>();
        var lookups = new HashMap<String, Optional<LookupFunction.State>>();
        var prepared = new HashSet<String>();
        databases.prepared().stream().map(PreparedDatabaseSpec::name).forEach(prepared::add);
        for (var database : shared.owners().keySet()) {
            var answer = sessions.with(server, database, session -> {
                if (!prepared.contains(database)) {
                    return lookups.put(database, LookupFunctionReader.read(session, databases.lookup()));
                }
                var both = DatabaseReader.contentsAnd(session, LookupFunctionReader.question(databases.lookup()));
                contents.put(database, both.contents());
                return lookups.put(database, both.other().stream().findFirst());
            });
            switch (answer) {
                case SqlAnswer.Done<?> ignored -> {}
                case SqlAnswer.Failed<?>(var failure) -> {
                    return new SqlAnswer.Failed<>(failure);
                }
                case SqlAnswer.Unreachable<?>(String reason, boolean refused) -> {
                    return new SqlAnswer.Unreachable<>("database " + database + ": " + reason, refused);
                }
            }
        }
        return new SqlAnswer.Done<>(new ObservedDatabases(shared.roles(), shared.owners(), contents, lookups));
    }
}
