package dev.patronioperator.cluster;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import dev.patronioperator.cluster.status.StatusNews;

import static org.assertj.core.api.Assertions.assertThat;

class StatusPaceTest {

    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private final StatusPace pace = new StatusPace();

    @Test
    void newsIsToldAtOnce() {
        assertThat(pace.keepBack("a/orders", StatusNews.NEWS, false, NOON)).isEmpty();
    }

    @Test
    void progressIsToldTogetherWithWhatComesNext() {
        assertThat(pace.keepBack("a/orders", StatusNews.PROGRESS, false, NOON)).contains(Duration.ofSeconds(2));
        assertThat(pace.keepBack("a/orders", StatusNews.PROGRESS, false, NOON.plusMillis(500)))
                .contains(Duration.ofMillis(1500));
        assertThat(pace.keepBack("a/orders", StatusNews.PROGRESS, false, NOON.plusSeconds(2)))
                .isEmpty();
    }

    @Test
    void whatTheNextLookMakesObsoleteWaitsForItButNotForEver() {
        assertThat(pace.keepBack("a/orders", StatusNews.NEWS, true, NOON)).contains(Duration.ofSeconds(1));
        assertThat(pace.keepBack("a/orders", StatusNews.NEWS, true, NOON.plusMillis(900)))
                .contains(Duration.ofMillis(100));
        assertThat(pace.keepBack("a/orders", StatusNews.NEWS, true, NOON.plusMillis(1100)))
                .as("whoever writes at every look is told of all the same")
                .isEmpty();
    }

    @Test
    void whatIsToldBeginsAnew() {
        pace.keepBack("a/orders", StatusNews.PROGRESS, false, NOON);
        pace.keepBack("a/orders", StatusNews.NEWS, false, NOON.plusSeconds(1));

        assertThat(pace.keepBack("a/orders", StatusNews.PROGRESS, false, NOON.plusSeconds(3)))
                .contains(Duration.ofSeconds(2));
    }

    @Test
    void clustersAreToldOfApart() {
        pace.keepBack("a/orders", StatusNews.PROGRESS, false, NOON);

        assertThat(pace.keepBack("a/customers", StatusNews.PROGRESS, false, NOON.plusSeconds(3)))
                .contains(Duration.ofSeconds(2));
    }
}
