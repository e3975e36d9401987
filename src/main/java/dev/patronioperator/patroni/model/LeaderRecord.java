package dev.patronioperator.patroni.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.patronioperator.plan.Known;

/**
 * The leader key, kept as annotations of the Endpoints {@code NAME} or the ConfigMap {@code NAME-leader}.
 *
 * @param leader the member that holds the key; empty if it was released or never taken
 * @param optime last position the leader wrote, in bytes
 * @param ttl how long the key holds after {@code renewedAt}
 * @param acquiredAt since when this member leads
 * @param renewedAt when it last confirmed to lead
 * @param transitions how often the leader has changed
 */
public record LeaderRecord(
        Optional<String> leader,
        Known<Long> optime,
        Known<Duration> ttl,
        Known<Instant> acquiredAt,
        Known<Instant> renewedAt,
        Known<Long> transitions) {

    /**
     * Whether the key had run out at the given moment. The times come from the clock of the leader, so allow for a difference between
     * the clocks; unknown if the record does not say when it was renewed.
     */
    public Known<Boolean> isExpired(Instant now) {
        if (renewedAt instanceof Known.Value<Instant>(Instant renewed)
                && ttl instanceof Known.Value<Duration>(Duration holds)) {
            return new Known.Value<>(renewed.plus(holds).isBefore(now));
        }
        return new Known.Unknown<>("the leader key does not say when it was renewed and for how long");
    }
}
