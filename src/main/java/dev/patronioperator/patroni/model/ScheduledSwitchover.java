package dev.patronioperator.patroni.model;

import java.time.Instant;
import java.util.Optional;

import dev.patronioperator.plan.Known;

/** A switchover that waits for its time: the member that leads now, if it was named, and the one that shall, if it was named. */
public record ScheduledSwitchover(Known<Instant> at, Optional<String> from, Optional<String> to) {}
