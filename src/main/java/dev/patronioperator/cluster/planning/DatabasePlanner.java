package dev.patronioperator.cluster.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

import dev.patronioperator.cluster.desired.DesiredDatabases;
import dev.patronioperator.cluster.observe.DatabaseLook;
import dev.patronioperator.cluster.observe.ObservedCluster;
import dev.patronioperator.cluster.observe.ObservedDatabases;
import dev.patronioperator.controller.planning.Explanation;
import dev.patronioperator.plan.Impact;
import dev.patronioperator.plan.ObjectRef;
import dev.patronioperator.plan.PlannedStep;
import dev.patronioperator.plan.Reason;
import dev.patronioperator.plan.Step;
import dev.patronioperator.postgres.databases.ContentsConvergence;
import dev.patronioperator.postgres.databases.DatabaseConvergence;
import dev.patronioperator.postgres.roles.RoleConvergence;
import dev.patronioperator.postgres.session.SqlServer;
import dev.patronioperator.sql.SqlChange;

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

    /** The steps that follow from a look at the database. */
    public static List<PlannedStep> steps(DatabaseLook look, ObservedCluster observed, Explanation why) {
        return switch (look) {
            case DatabaseLook.Seen seen ->
                seen.changes().stream().map(change -> step(change, why)).toList();
            case DatabaseLook.LockedOut(SqlServer server) ->
                observed.writablePrimary().stream()
                        .map(primary -> PlannedStep.of(
                                new Step.RestoreLogin(ObjectRef.of(primary.pod()), server.user()),
                                Impact.NONE,
                                Reason.of(Reason.Code.PASSWORD_REFUSED)))
                        .toList();
            default -> List.of();
        };
    }

    private static PlannedStep step(SqlChange change, Explanation why) {
        return new PlannedStep(
                new Step.RunSql(change),
                Impact.NONE,
                change.because().stream()
                        .map(text -> Reason.of(why.code(), text))
                        .toList());
    }

    private static Optional<SqlChange> lookup(DesiredDatabases wanted, ObservedDatabases found, String database) {
        var function = wanted.databases().lookup();
        var state = found.lookups().get(database);
        return wanted.databases().pooled() ? function.install(database, state) : function.remove(database, state);
    }
}
