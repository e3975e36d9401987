package dev.patronioperator.cluster.planning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
import dev.patronioperator.postgres.databases.DatabaseContents;
import dev.patronioperator.postgres.databases.DatabaseConvergence;
import dev.patronioperator.postgres.databases.DatabaseRecord;
import dev.patronioperator.postgres.databases.RemovedObject;
import dev.patronioperator.postgres.roles.RemovedRole;
import dev.patronioperator.postgres.roles.RoleCatalog;
import dev.patronioperator.postgres.roles.RoleConvergence;
import dev.patronioperator.postgres.roles.RolePassword;
import dev.patronioperator.postgres.roles.RoleSpec;
import dev.patronioperator.postgres.roles.RoleState;
import dev.patronioperator.postgres.session.SqlServer;
import dev.patronioperator.sql.Obstacle;
import dev.patronioperator.sql.SqlChange;

/**
 * Plans what is done inside PostgreSQL: roles, then databases, then what is in them. A database that is still to be made is looked into by
 * the next pass.
 */
public final class DatabasePlanner {

    private DatabasePlanner() {}

    /**
     * What differs inside.
     *
     * @param changes what brings it to what is wanted
     * @param ready logins about to take over that are as they should be
     * @param taken logins that were to take over, but somebody else has a role of that name; it is left alone
     * @param removed roles that were wanted once
     * @param removedObjects databases and what is in them that were wanted once
     * @param obstacles what differs and cannot be changed
     */
    public record Planned(
            List<SqlChange> changes,
            Set<String> ready,
            Set<String> taken,
            List<RemovedRole> removed,
            List<RemovedObject> removedObjects,
            List<Obstacle> obstacles) {}

    /** @param salts 16 random bytes a call, for password verifiers */
    public static Planned plan(DesiredDatabases wanted, ObservedDatabases found, Supplier<byte[]> salts, Instant now) {
        var taken = wanted.roles().stream()
                .filter(role -> wanted.pending().contains(role.name()))
                .filter(role -> isSomebodyElses(role, found.roles()))
                .map(RoleSpec::name)
                .collect(Collectors.toSet());
        var roles = wanted.roles().stream()
                .filter(role -> !taken.contains(role.name()))
                .toList();
        var former = wanted.former();
        var convergence = new RoleConvergence(former.afterwards(found.roles()), salts);
        var ready = roles.stream()
                .filter(role -> wanted.pending().contains(role.name()))
                .filter(role -> convergence.plan(List.of(role)).isEmpty())
                .map(RoleSpec::name)
                .collect(Collectors.toSet());
        var changes = new ArrayList<>(former.comeBack(found.roles()));
        changes.addAll(convergence.plan(roles));
        changes.addAll(convergence.plan(wanted.replaced().remaining(found.roles(), now)));
        changes.addAll(former.leave(found.roles()));
        changes.addAll(wanted.replaced().plan(found.roles(), found.owners().keySet(), now));
        var contents = found.contents();
        changes.addAll(databases(wanted, found, contents));
        return new Planned(
                changes,
                ready,
                taken,
                RemovedRole.of(found.roles(), wanted.wantedNames(), former),
                RemovedObject.of(wanted.databases().asked(), found.records(), contents),
                obstacles(wanted, found, contents));
    }

    /** A role of this name that has not got this password: whoever made it, somebody may log in with another one. */
    private static boolean isSomebodyElses(RoleSpec login, RoleCatalog roles) {
        return login.rotationOf().isPresent()
                && roles.roles().get(login.name()) instanceof RoleState role
                && login.password() instanceof RolePassword.Given(String password)
                && role.verifier()
                        .filter(stored -> stored.verifies(password, login.name()))
                        .isEmpty();
    }

    private static List<SqlChange> databases(
            DesiredDatabases wanted, ObservedDatabases found, Map<String, DatabaseContents> contents) {
        var changes = new ArrayList<SqlChange>();
        var databases = wanted.databases();
        // An owner is made once its Secret is there, and so is what it owns.
        var owned = new TreeMap<>(databases.owners());
        owned.values().removeAll(wanted.unknown());
        owned.keySet().removeAll(found.closed());
        changes.addAll(DatabaseConvergence.plan(owned, found.owners()));
        changes.addAll(DatabaseRecord.plan(databases.asked(), found.records(), contents));
        databases.prepared().stream()
                .filter(prepared -> contents.containsKey(prepared.name()))
                .forEach(prepared -> changes.addAll(ContentsConvergence.plan(prepared, contents.get(prepared.name()))));
        new TreeMap<>(found.insides())
                .forEach((database, inside) ->
                        changes.addAll(databases.lookup().plan(database, databases.pooled(), inside.lookups())));
        return changes;
    }

    /** The steps that follow from a look at the database. */
    public static List<PlannedStep> steps(DatabaseLook look, ObservedCluster observed, Explanation why) {
        return switch (look) {
            case DatabaseLook.Seen seen ->
                Stream.concat(
                                seen.changes().stream().map(change -> step(change, why)),
                                seen.obstacles().stream().map(DatabasePlanner::refusal))
                        .toList();
            case DatabaseLook.LockedOut(SqlServer server, boolean isToBeRestored)
            when isToBeRestored ->
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

    /** What is in a database that nobody can look into may not be as it should; a pooler has a function in each. */
    private static List<Obstacle> obstacles(
            DesiredDatabases wanted, ObservedDatabases found, Map<String, DatabaseContents> contents) {
        var asked = new TreeSet<>(wanted.databases().owners().keySet());
        if (wanted.databases().pooled()) {
            asked.addAll(found.silent().keySet());
        }
        var hidden = asked.stream().flatMap(database -> found.hidden(database).stream()
                .map(why -> new Obstacle("database " + database, "it " + why.problem(), why.remedy())));
        var within = wanted.databases().prepared().stream()
                .filter(prepared -> contents.containsKey(prepared.name()))
                .flatMap(prepared -> ContentsConvergence.obstacles(prepared, contents.get(prepared.name())).stream());
        return Stream.concat(hidden, within).toList();
    }

    private static PlannedStep refusal(Obstacle obstacle) {
        return PlannedStep.of(
                new Step.Refuse("change " + obstacle.about()),
                Impact.NONE,
                Reason.of(Reason.Code.REFUSED, obstacle.problem()));
    }
}
