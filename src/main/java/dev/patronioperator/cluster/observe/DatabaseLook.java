package dev.patronioperator.cluster.observe;

import java.util.List;
import java.util.Set;

import dev.patronioperator.postgres.databases.RemovedObject;
import dev.patronioperator.postgres.roles.RemovedRole;
import dev.patronioperator.postgres.session.SqlFailure;
import dev.patronioperator.postgres.session.SqlServer;
import dev.patronioperator.sql.Obstacle;
import dev.patronioperator.sql.SqlChange;

/** What is known of the inside of a cluster's PostgreSQL after a look at the cluster. */
public sealed interface DatabaseLook {

    /** It is none of the operator's business: switched off, a standby cluster, or no instances. */
    record NotOurs() implements DatabaseLook {}

    /**
     * It could not be looked at yet.
     *
     * @param what has to be there first
     */
    record NotYet(String what) implements DatabaseLook {}

    /** Nothing that it is made from has changed since it was found to be right, so it was not looked at. */
    record AsBefore(String madeFrom) implements DatabaseLook {}

    /**
     * It was looked at.
     *
     * @param madeFrom stands for all that the wanted state follows from; kept once there is nothing to change any more
     * @param server where the changes are to be carried out
     * @param changes what differs
     * @param unknown roles whose Secrets are not there yet, so that they could not be looked for
     * @param ready logins that are about to take over and can log in
     * @param taken logins that were to take over, but somebody else has a role of that name
     * @param removed roles that were wanted once and are there still
     * @param removedObjects databases and what is in them, likewise
     * @param streams what event streams have and lack
     * @param obstacles what differs and cannot be changed
     */
    record Seen(
            String madeFrom,
            SqlServer server,
            List<SqlChange> changes,
            List<String> unknown,
            Set<String> ready,
            Set<String> taken,
            List<RemovedRole> removed,
            List<RemovedObject> removedObjects,
            StreamsLook streams,
            List<Obstacle> obstacles)
            implements DatabaseLook {
        public Seen {
            changes = List.copyOf(changes);
            unknown = List.copyOf(unknown);
            ready = Set.copyOf(ready);
            taken = Set.copyOf(taken);
            removed = List.copyOf(removed);
            removedObjects = List.copyOf(removedObjects);
            obstacles = List.copyOf(obstacles);
        }

        /** Whether all is as it should be. */
        public boolean isRight() {
            return changes.isEmpty() && unknown.isEmpty() && obstacles.isEmpty() && streams.isSettled();
        }
    }

    /**
     * It did not answer. Not taken for empty.
     *
     * @param madeFrom what it would have been compared with
     */
    record Silent(String madeFrom, String because) implements DatabaseLook {}

    /**
     * It lets nobody in with the password of the superuser's Secret, as after a volume was made with another one.
     *
     * @param isToBeRestored whether the password is to be set from inside the pod; not again and again where that does not help
     */
    record LockedOut(SqlServer server, boolean isToBeRestored) implements DatabaseLook {}

    /**
     * It does not let the superuser in, and another password would change nothing: {@code pg_hba.conf} says so, or the role may not log in.
     *
     * @param because in the server's own words
     */
    record TurnedAway(String because) implements DatabaseLook {}

    /** It refused a question. */
    record Refused(SqlFailure failure) implements DatabaseLook {}

    /** Whether it is there and follows what Secrets say. */
    default boolean answers() {
        return this instanceof Seen || this instanceof AsBefore;
    }
}
