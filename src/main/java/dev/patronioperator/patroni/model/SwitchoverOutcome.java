package dev.patronioperator.patroni.model;

/**
 * What became of a switchover, with Patroni's own words. Only the cluster itself tells who leads now: Patroni also says "completed" when
 * another member than the candidate took over.
 */
public sealed interface SwitchoverOutcome {

    String text();

    /** 200: another member leads now. */
    record Completed(String text) implements SwitchoverOutcome {}

    /** 202: noted, and done when the time comes. */
    record Scheduled(String text) implements SwitchoverOutcome {}

    /** 412: not begun, because it cannot be done now: the leader is another one, the candidate lags, is gone or not synchronous. */
    record NotPossible(String text) implements SwitchoverOutcome {}

    /** 503: begun and failed, or not over when Patroni stopped waiting for it. */
    record Failed(String text) implements SwitchoverOutcome {}
}
