package dev.patronioperator.patroni.model;

/** What became of a restart, with Patroni's own words. */
public sealed interface RestartOutcome {

    String text();

    /** 200: PostgreSQL has been restarted. */
    record Completed(String text) implements RestartOutcome {}

    /** 202: noted, and done when the time comes. */
    record Scheduled(String text) implements RestartOutcome {}

    /** 503: the conditions are not met (nothing is pending), something else is in progress, or PostgreSQL did not start in time. */
    record NotDone(String text) implements RestartOutcome {}

    /** 409: another restart is scheduled already. */
    record AlreadyScheduled(String text) implements RestartOutcome {}
}
