package dev.patronioperator.cluster.status;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.patronioperator.api.DatabaseStatus;
import dev.patronioperator.api.RemovedObjectStatus;
import dev.patronioperator.api.RemovedRoleStatus;
import dev.patronioperator.api.RotationStatus;
import dev.patronioperator.cluster.observe.DatabaseLook;
import dev.patronioperator.cluster.observe.StreamsLook;
import dev.patronioperator.plan.Execution;
import dev.patronioperator.plan.Outcome;
import dev.patronioperator.plan.Step;
import dev.patronioperator.sql.Obstacle;

import static java.util.stream.Collectors.joining;

/**
 * What a status says of roles and databases. They count as right once a look has found nothing to change; a database that was right and
 * does not answer for a moment is not taken for wrong, as long as the same is wanted of it.
 */
record DatabaseReport(
        DatabaseLook look, List<RotationStatus> rotations, Optional<DatabaseStatus> before, Execution execution) {

    /** What is to be kept in the status; null where the operator does not look after them. */
    DatabaseStatus status() {
        var right = rightWith();
        var roles = removedRoles();
        var objects = removedObjects();
        return right.isEmpty() && rotations.isEmpty() && roles.isEmpty() && objects.isEmpty()
                ? null
                : new DatabaseStatus(right.orElse(null), orNull(rotations), orNull(roles), orNull(objects));
    }

    private static <T> List<T> orNull(List<T> list) {
        return list.isEmpty() ? null : list;
    }

    private List<RemovedRoleStatus> removedRoles() {
        return removed(
                seen -> seen.removed().stream()
                        .map(role -> new RemovedRoleStatus(role.name(), role.origin()))
                        .toList(),
                DatabaseStatus::removedRoles);
    }

    private List<RemovedObjectStatus> removedObjects() {
        return removed(
                seen -> seen.removedObjects().stream()
                        .map(object -> new RemovedObjectStatus(object.kind().word(), object.database(), object.name()))
                        .toList(),
                DatabaseStatus::removedObjects);
    }

    /** What is not looked at is as it was. */
    private <T> List<T> removed(Function<DatabaseLook.Seen, List<T>> now, Function<DatabaseStatus, List<T>> earlier) {
        return switch (look) {
            case DatabaseLook.NotOurs ignored -> List.of();
            case DatabaseLook.Seen seen -> now.apply(seen);
            default -> before.map(earlier).orElse(List.of());
        };
    }

    private Optional<String> foundRightWith() {
        return before.map(DatabaseStatus::foundRightWith);
    }

    private Optional<String> rightWith() {
        return switch (look) {
            case DatabaseLook.NotOurs ignored -> Optional.empty();
            case DatabaseLook.AsBefore(String madeFrom) -> Optional.of(madeFrom);
            case DatabaseLook.Seen seen when seen.isRight() -> Optional.of(seen.madeFrom());
            case DatabaseLook.Seen ignored -> Optional.empty();
            case DatabaseLook.NotYet ignored -> foundRightWith();
            case DatabaseLook.Silent ignored -> foundRightWith();
            case DatabaseLook.LockedOut ignored -> foundRightWith();
            case DatabaseLook.TurnedAway ignored -> foundRightWith();
            case DatabaseLook.Refused ignored -> foundRightWith();
        };
    }

    /** What is wrong with them, for people. */
    Optional<String> problem() {
        return switch (look) {
            case DatabaseLook.NotOurs ignored -> Optional.empty();
            case DatabaseLook.AsBefore ignored -> Optional.empty();
            case DatabaseLook.NotYet(String what) ->
                foundRightWith().isPresent() ? Optional.empty() : Optional.of("roles and databases wait for " + what);
            case DatabaseLook.Seen seen when seen.isRight() -> Optional.empty();
            case DatabaseLook.Seen seen -> Optional.of(differing(seen));
            case DatabaseLook.Silent(String madeFrom, String because) ->
                foundRightWith().filter(madeFrom::equals).isPresent()
                        ? Optional.empty()
                        : Optional.of("the operator cannot look at roles and databases: " + because);
            case DatabaseLook.LockedOut(var server, boolean isToBeRestored) ->
                Optional.of("it refuses the password in the Secret of role " + server.user()
                        + (isToBeRestored ? "" : ", although it was set from inside the pod"));
            case DatabaseLook.TurnedAway(String because) -> Optional.of("it does not let the operator in: " + because);
            case DatabaseLook.Refused(var failure) ->
                Optional.of("the operator cannot look at roles and databases: " + failure);
        };
    }

    ClusterReason reason() {
        return look instanceof DatabaseLook.Seen ? ClusterReason.DATABASE_DIFFERS : ClusterReason.DATABASE_SILENT;
    }

    private String differing(DatabaseLook.Seen seen) {
        var wrong = Stream.concat(failures(), seen.obstacles().stream().map(Obstacle::toString))
                .collect(joining("\n"));
        if (!wrong.isEmpty()) {
            return "not everything inside is as the manifest says:\n" + wrong;
        }
        if (!seen.changes().isEmpty()) {
            return "roles and databases are being brought to what the manifest says";
        }
        return seen.unknown().isEmpty()
                ? "event streams wait for replication slots to come or to go: " + slots(seen.streams())
                : "roles wait for their Secrets: " + String.join(", ", seen.unknown());
    }

    private Stream<String> failures() {
        return execution.results().stream()
                .filter(result -> result.step().step() instanceof Step.RunSql)
                .map(Execution.Result::outcome)
                .filter(Outcome.Failed.class::isInstance)
                .map(outcome -> ((Outcome.Failed) outcome).problem());
    }

    private static String slots(StreamsLook streams) {
        return Stream.concat(streams.missing().stream(), streams.leftover().stream())
                .sorted()
                .collect(joining(", "));
    }
}
