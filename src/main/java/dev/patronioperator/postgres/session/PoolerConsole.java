package dev.patronioperator.postgres.session;

/**
 * The admin console of one PgBouncer. Says how it went and never throws for what is the pooler's trouble; every call has its deadline.
 *
 * @see <a href="https://www.pgbouncer.org/usage.html#process-controlling-commands">PgBouncer: process controlling commands</a>
 */
public interface PoolerConsole {

    /** What came of a command. */
    sealed interface Answer {

        /** It is as wanted now, whether it was before or not. */
        record Done() implements Answer {}

        /** Nobody was asked: it could not be reached, or let nobody in. */
        record NotReached(String because) implements Answer {}

        /** It was told and is at it, but has not said that it is finished. */
        record UnderWay(String because) implements Answer {}
    }

    /** Lets transactions end and keeps what comes after them waiting. It stays so until {@link #resume}, whoever asked for it. */
    Answer pause(SqlServer pooler);

    /** Lets go on what waits; nothing happens to one that is not paused. */
    Answer resume(SqlServer pooler);
}
