package dev.patronioperator.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import dev.patronioperator.cluster.status.StatusNews;

/**
 * Keeps a status back that the next look makes obsolete, so that a cluster on its way is not told of at every turn. News is told at once, and nothing is kept back for
 * longer than a person needs to look twice. What this forgets when the process ends is told a little sooner.
 */
@ApplicationScoped
class StatusPace {

    private static final Duration OVERTAKEN = Duration.ofSeconds(1);
    private static final Duration PROGRESS = Duration.ofSeconds(2);

    private final Map<String, Instant> keptSince = new ConcurrentHashMap<>();

    /**
     * For how long the status may still be kept back; empty if it is to be told now or says nothing new.
     *
     * @param isOvertaken whether the next look follows at once and says something else
     */
    Optional<Duration> keepBack(String cluster, StatusNews news, boolean isOvertaken, Instant now) {
        if (news == StatusNews.NONE || news == StatusNews.NEWS && !isOvertaken) {
            keptSince.remove(cluster);
            return Optional.empty();
        }
        var until = keptSince.computeIfAbsent(cluster, ignored -> now).plus(isOvertaken ? OVERTAKEN : PROGRESS);
        if (!now.isBefore(until)) {
            keptSince.remove(cluster);
            return Optional.empty();
        }
        return Optional.of(Duration.between(now, until));
    }

    void gone(String cluster) {
        keptSince.remove(cluster);
    }
}
