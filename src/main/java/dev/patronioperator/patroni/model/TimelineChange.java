package dev.patronioperator.patroni.model;

import java.time.Instant;
import java.util.Optional;

import dev.patronioperator.plan.Known;

/**
 * The end of a timeline, from Patroni's history.
 *
 * @param timeline the timeline that ended
 * @param location where it ended, in bytes
 * @param reason as PostgreSQL wrote it into the history file
 * @param at when; unknown in old records
 * @param newLeader who led afterwards, since Patroni 1.6.5
 */
public record TimelineChange(
        long timeline, long location, String reason, Known<Instant> at, Optional<String> newLeader) {}
