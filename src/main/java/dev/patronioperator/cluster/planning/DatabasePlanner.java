package dev.patronioperator.cluster.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

import dev.patronioperator.cluster.desired.DesiredDatabases;
import dev.patronioperator.cluster.observe.ObservedDatabases;
import dev.patronioperator.postgres.databases.ContentsConvergence;
import dev.patronioperator.postgres.databases.DatabaseConvergence;
import dev.patronioperator.postgres.roles.RoleConvergence;
import dev.patronioperator.postgres.sql.SqlChange;

/**
 * Plans what is done inside PostgreSQL: roles, then databases, then what is in them. A database that is still to be made is looked into by
 * the next pass.
 */
public final class DatabasePlanner {

    private DatabasePlanner() {}

    /** @param salts 16 random bytes a call, for password verifiers */
    public static List<SqlChange> plan(DesiredDatabases wanted, ObservedDatabases found, Supplier<byte[]> salts) {
        var changes = new ArrayList<SqlChange>();
        changes.addAll(new RoleConvergence(found.roles(), salts).plan(wanted.roles()));
        var databases = wanted.databases();
        changes.addAll(DatabaseConvergence.plan(databases.owners(), found.owners()));
        databases.prepared().stream()
                .filter(prepared -> found.contents().containsKey(prepared.name()))
                .forEach(prepared -> changes.addAll(
                        ContentsConvergence.plan(prepared, found.contents().get(prepared.name()))));
        for (var database : new TreeSet<>(found.lookups().keySet())) {
            lookup(wanted, found, database).ifPresent(changes::add);
        }
        return changes;
    }

    private static Optional<SqlChange> lookup(DesiredDatabases wanted, ObservedDatabases found, String database) {
        var function = wanted.databases().lookup();
        var state = found.lookups().get(database);
        return wanted.databases().pooled() ? function.install(database, state) : function.remove(database, state);
    }
}
