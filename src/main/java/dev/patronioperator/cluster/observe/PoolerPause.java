package dev.patronioperator.cluster.observe;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * What was noted about a pause of the primary's pooler, on the cluster's Service before anybody is kept waiting: whoever is the operator
 * then knows that somebody waits.
 *
 * @param since when it began, or when it was given up, if no pods are left
 * @param from the member that was to be relieved or restarted
 * @param pods that were paused and have not been resumed
 */
public record PoolerPause(Instant since, String from, List<String> pods) {

    public static final String ANNOTATION = "patroni-operator.dev/pooler-paused";

    /** Longer than a switchover or a restart takes, shorter than PgBouncer keeps clients waiting ({@code query_wait_timeout}). */
    public static final Duration LONGEST = Duration.ofSeconds(30);

    /** For how long PgBouncer keeps a client waiting if nobody has said otherwise. */
    private static final Duration QUERY_WAIT = Duration.ofSeconds(120);

    /** Clients that have waited in vain are not kept waiting again for a while. */
    private static final Duration AFTER_GIVING_UP = Duration.ofMinutes(10);

    public PoolerPause {
        pods = List.copyOf(pods);
    }

    /** What an object says; a text that is not one of these says nothing. */
    public static Optional<PoolerPause> notedOn(HasMetadata object) {
        var annotations = object.getMetadata().getAnnotations();
        return annotations == null
                ? Optional.empty()
                : Optional.ofNullable(annotations.get(ANNOTATION)).flatMap(PoolerPause::parsed);
    }

    private static Optional<PoolerPause> parsed(String text) {
        var words = Arrays.asList(text.split(" "));
        try {
            return words.size() < 2
                    ? Optional.empty()
                    : Optional.of(
                            new PoolerPause(Instant.parse(words.get(0)), words.get(1), words.subList(2, words.size())));
        } catch (DateTimeParseException notOurs) {
            return Optional.empty();
        }
    }

    /** As it is noted. */
    public String text() {
        var words = new ArrayList<>(List.of(since.toString(), from));
        words.addAll(pods);
        return String.join(" ", words);
    }

    /** The same with other pods. */
    public PoolerPause with(List<String> others) {
        return new PoolerPause(since, from, others);
    }

    /** What is left of one that led to nothing. */
    public PoolerPause givenUp(Instant at) {
        return new PoolerPause(at, from, List.of());
    }

    /** Whether somebody may be waiting. */
    public boolean isInForce() {
        return !pods.isEmpty();
    }

    /** Whether they come before all that can wait. Not for ever: a pooler that cannot be told to go on must not hold up the rest. */
    public boolean comesFirst(Instant at) {
        return isInForce() && since.plus(QUERY_WAIT).isAfter(at);
    }

    /** Whether it is too early for another pause, since this one has led to nothing. */
    public boolean forbidsAnother(Instant at) {
        return !isInForce() && since.plus(AFTER_GIVING_UP).isAfter(at);
    }

    public boolean isTooLong(Instant at) {
        return !since.plus(LONGEST).isAfter(at);
    }
}
