package dev.patronioperator.patroni;

import java.util.function.Function;

import dev.patronioperator.plan.Known;

/**
 * How one call to a Patroni member ended. Remote trouble is a value, never an exception, and never a "no": a member that does not
 * answer is not a cluster without a leader.
 *
 * @param <T> what the member says when all goes well
 */
public sealed interface Answer<T> {

    /** The member did as asked, or said what was asked for. */
    record Reached<T>(T value) implements Answer<T> {}

    /**
     * The member answered and declined.
     *
     * @param status HTTP status: a redirect, a client error (401 wants a password, 403 not on the allow list) or a server error
     * @param text Patroni's own words, shortened; fit for a condition or an event
     */
    record Refused<T>(int status, String text) implements Answer<T> {}

    /** No connection came about within its deadline: the request never arrived, so nothing has happened there. */
    record Unreachable<T>(String reason) implements Answer<T> {}

    /**
     * The request went out, but no complete, readable answer came back in time. Whatever was asked for may have happened or may still
     * happen (Patroni answers a switchover or a restart only when it is over): look at the cluster, do not simply ask again.
     */
    record Unclear<T>(String reason) implements Answer<T> {}

    /** The answer as a fact: the value, or unknown for one of the other reasons. */
    default Known<T> known() {
        return switch (this) {
            case Reached<T>(T value) -> new Known.Value<>(value);
            case Refused<T>(int status, String text) -> new Known.Unknown<>("Patroni answered " + status + ": " + text);
            case Unreachable<T>(String reason) -> new Known.Unknown<>(reason);
            case Unclear<T>(String reason) -> new Known.Unknown<>(reason);
        };
    }

    /** Goes on with the value if there is one; every other answer stays as it is. */
    default <R> Answer<R> then(Function<? super T, Answer<R>> next) {
        return switch (this) {
            case Reached<T>(T value) -> next.apply(value);
            case Refused<T>(int status, String text) -> new Refused<>(status, text);
            case Unreachable<T>(String reason) -> new Unreachable<>(reason);
            case Unclear<T>(String reason) -> new Unclear<>(reason);
        };
    }
}
