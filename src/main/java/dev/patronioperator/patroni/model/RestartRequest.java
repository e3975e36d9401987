package dev.patronioperator.patroni.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Restarts PostgreSQL on one member.
 *
 * @param onlyIfPending leave it if no setting waits for a restart
 * @param timeout how long PostgreSQL may take to start before the member lets another one lead; Patroni's
 *     {@code primary_start_timeout} if empty; whole seconds, at least one
 * @param at when; at once if empty
 */
public record RestartRequest(boolean onlyIfPending, Optional<Duration> timeout, Optional<Instant> at) {

    /** A restart at once, if one is pending. */
    public static final RestartRequest IF_PENDING = new RestartRequest(true, Optional.empty(), Optional.empty());
}
