package dev.patronioperator.patroni.model;

import java.time.Instant;
import java.util.Optional;

import dev.patronioperator.plan.Known;

/**
 * A switchover that was asked for and is not over, kept as annotations of {@code NAME-failover}.
 *
 * @param leader the member that shall give up
 * @param candidate the member that shall take over
 * @param scheduledAt when; empty if at once
 */
public record FailoverRecord(
        Optional<String> leader, Optional<String> candidate, Optional<Known<Instant>> scheduledAt) {

    /** Whether anything was asked for: Patroni keeps the object and empties it. */
    public boolean isPending() {
        return leader.isPresent() || candidate.isPresent();
    }
}
