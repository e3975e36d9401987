package dev.patronioperator.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When the operator's own password was set from inside the pod, for each cluster. Where it is refused all the same, as with a
 * {@code pg_hba.conf} that takes another kind of verifier, it is set again less and less often. In memory only: begins anew with the
 * operator.
 */
final class LoginRestorations {

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration MOST = Duration.ofHours(1);

    private final Map<String, Last> last = new ConcurrentHashMap<>();

    /** @param pause how long the next one is not due */
    private record Last(String madeFrom, Instant at, Duration pause) {}

    /**
     * Whether the password is to be set now; whoever is told so does it.
     *
     * @param madeFrom another one is another matter, such as a password that was changed
     */
    boolean isDue(String cluster, String madeFrom, Instant now) {
        var before = last.get(cluster);
        if (before == null || !before.madeFrom.equals(madeFrom)) {
            last.put(cluster, new Last(madeFrom, now, FIRST));
            return true;
        }
        if (now.isBefore(before.at.plus(before.pause))) {
            return false;
        }
        var doubled = before.pause.multipliedBy(2);
        last.put(cluster, new Last(madeFrom, now, doubled.compareTo(MOST) > 0 ? MOST : doubled));
        return true;
    }

    /** All is right in the database of the cluster: what comes next is another matter. */
    void helped(String cluster) {
        last.remove(cluster);
    }
}
