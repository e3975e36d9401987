package dev.patronioperator.postgres.roles;

import java.time.Instant;
import java.time.LocalDate;
import java.util.TimeZone;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RotatedNameTest {

    @Test
    void theDayIsThatOfUtcWhereverTheOperatorRuns() {
        var zone = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));

            assertThat(RotatedName.of("app", Instant.parse("2026-03-31T23:59:59Z")))
                    .isEqualTo("app260331");
            assertThat(RotatedName.day("app", "app260331")).hasValue(LocalDate.of(2026, 3, 31));
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app",
                "app26033",
                "app2603311",
                "app260230",
                "app261301",
                "app_260331",
                "xapp260331",
                "app26-331"
            })
    void whatOnlyLooksLikeItIsNone(String login) {
        assertThat(RotatedName.day("app", login)).isEmpty();
    }

    @Test
    void theDateNeedsRoomInTheName() {
        assertThat(RotatedName.fits("a".repeat(57))).isTrue();
        assertThat(RotatedName.fits("a".repeat(58))).isFalse();
    }
}
