package dev.patronioperator.cluster;

import java.time.Instant;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoginRestorationsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final LoginRestorations restorations = new LoginRestorations();

    @Test
    void whatDoesNotHelpIsDoneLessAndLessOften() {
        assertThat(IntStream.range(0, 24 * 3600)
                        .filter(second -> restorations.isDue("ns/x", "m", NOON.plusSeconds(second)))
                        .boxed())
                .startsWith(0, 10, 30, 70, 150)
                .hasSizeLessThan(40);
    }

    @Test
    void whatHelpedIsDoneAtOnceTheNextTime() {
        assertThat(restorations.isDue("ns/x", "m", NOON)).isTrue();
        restorations.helped("ns/x");

        assertThat(restorations.isDue("ns/x", "m", NOON.plusSeconds(1))).isTrue();
    }

    @Test
    void anotherPasswordAndAnotherClusterAreOtherMatters() {
        assertThat(restorations.isDue("ns/x", "m", NOON)).isTrue();

        assertThat(restorations.isDue("ns/x", "another", NOON)).isTrue();
        assertThat(restorations.isDue("ns/y", "m", NOON)).isTrue();
    }
}
