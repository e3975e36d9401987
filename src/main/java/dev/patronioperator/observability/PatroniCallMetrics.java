package dev.patronioperator.observability;

import java.time.Duration;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;

import dev.patronioperator.patroni.Answer;
import dev.patronioperator.patroni.http.Call;
import dev.patronioperator.patroni.http.CallListener;

/** Counts and times the calls to Patroni, by call and by how they ended. */
@Singleton
final class PatroniCallMetrics implements CallListener {

    private final MeterRegistry registry;

    PatroniCallMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void ended(Call call, Answer<?> answer, Duration took) {
        registry.timer(Meters.PATRONI_CALLS.meter(), "call", call.toString(), "outcome", outcome(answer))
                .record(took);
    }

    private static String outcome(Answer<?> answer) {
        return switch (answer) {
            case Answer.Reached<?> ignored -> "reached";
            case Answer.Refused<?> ignored -> "refused";
            case Answer.Unreachable<?> ignored -> "unreachable";
            case Answer.Unclear<?> ignored -> "unclear";
        };
    }
}
