package dev.patronioperator.patroni.model;

import java.time.Instant;

import dev.patronioperator.plan.Known;

/** How far a server has come in the write-ahead log; positions are bytes since its beginning. */
public sealed interface WalPosition {

    /** The furthest position this server is sure to have on disk. */
    long reached();

    /** A primary has flushed up to here. */
    record Written(long location) implements WalPosition {
        @Override
        public long reached() {
            return location;
        }
    }

    /**
     * A standby has received and replayed up to here.
     *
     * @param replayedAt commit time of the last replayed transaction; unknown if there was none since the start
     * @param replayPaused whether someone has stopped the replay by hand
     */
    record Replayed(long received, long replayed, Known<Instant> replayedAt, boolean replayPaused)
            implements WalPosition {
        @Override
        public long reached() {
            return Math.max(received, replayed);
        }
    }
}
