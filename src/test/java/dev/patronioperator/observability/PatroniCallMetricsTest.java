package dev.patronioperator.observability;

import java.time.Duration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import dev.patronioperator.patroni.Answer;
import dev.patronioperator.patroni.http.Call;

import static org.assertj.core.api.Assertions.assertThat;

class PatroniCallMetricsTest {

    @Test
    void callsAreCountedByCallAndByHowTheyEnded() {
        var registry = new SimpleMeterRegistry();
        var metrics = new PatroniCallMetrics(registry);

        metrics.ended(Call.STATUS, new Answer.Unreachable<>("orders-0 cannot be reached"), Duration.ofSeconds(2));
        metrics.ended(Call.STATUS, new Answer.Reached<>("fine"), Duration.ofMillis(2));

        var unreachable = registry.get(Meters.PATRONI_CALLS.meter())
                .tag("call", "GET /patroni")
                .tag("outcome", "unreachable")
                .timer();
        assertThat(unreachable.count()).isEqualTo(1);
        assertThat(unreachable.totalTime(java.util.concurrent.TimeUnit.SECONDS)).isEqualTo(2);
    }
}
